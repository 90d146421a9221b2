using LocalRetrieval.Rag;

namespace LocalRetrieval.Tests.Docs;

/// <summary>The reader that docs/documents.md shows: "= " before a title, "# " before a tag, "? " before a question, "! " before an answer.</summary>
// snippet: reader
internal sealed class FaqReader : TextDocumentReader
{
    public override ReaderFormat Format { get; } = new() { Name = "questions and answers", Extensions = [".faq"], Version = 1 };

    protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
    {
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> Marked(char mark) => lines.Where(line => line[0] == mark).Select(line => line[1..].Trim());
        DocumentMetadata metadata = new() { Title = Marked('=').FirstOrDefault(), Tags = [.. Marked('#')], Properties = ["kind=faq"] };
        DocumentContentBuilder content = new(context, metadata);
        foreach (string line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line[0] == '?')
                content.AddHeading(1, line[1..]);
            else if (line[0] == '!')
                content.AddParagraph(line[1..]);
        }

        return content.Build();
    }
}
// end
