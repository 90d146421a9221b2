namespace LocalRetrieval.Rag;

/// <summary>Reads plain text: one section without headings, whose blocks are the paragraphs between blank lines.</summary>
/// <remarks>A byte order mark at the start counts in the offsets and is no content. Safe for concurrent use.</remarks>
public sealed class PlainTextReader : TextDocumentReader
{
    private PlainTextReader()
    {
    }

    /// <summary>The reader.</summary>
    public static PlainTextReader Instance { get; } = new();

    /// <inheritdoc />
    public override ReaderFormat Format { get; } = new()
    {
        Name = "plain text",
        Extensions =
        [
            ".txt", ".text", ".rst", ".adoc", ".asciidoc", ".org", ".tex",
            "README", "LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS", "CONTRIBUTORS", "CONTRIBUTING", "CHANGELOG", "CHANGES", "NEWS", "HISTORY", "INSTALL", "TODO",
        ],
    };

    /// <inheritdoc />
    protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
    {
        List<DocumentBlock> blocks = [];
        int start = TextLines.SkipByteOrderMark(text);
        for (int line = start; line < text.Length;)
        {
            int next = TextLines.NextLine(text, line);
            if (text.AsSpan(line, next - line).IsWhiteSpace())
            {
                AddBlock(text, start, line, blocks);
                start = next;
            }

            line = next;
        }

        AddBlock(text, start, text.Length, blocks);
        return new DocumentContent { Text = text, Sections = blocks.Count == 0 ? [] : [new DocumentSection { Blocks = blocks }] };
    }

    private static void AddBlock(string text, int start, int end, List<DocumentBlock> blocks)
    {
        TextRange range = new TextRange(start, end).Trim(text);
        if (!range.IsEmpty)
        {
            blocks.Add(new DocumentBlock { Offset = range.Start, Length = range.Length });
        }
    }
}
