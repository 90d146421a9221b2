using System.Text;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Mail.Tests;

/// <summary>Gives what it is handed as one paragraph.</summary>
internal sealed class FakeHtmlReader : IDocumentReader
{
    public ReaderFormat Format { get; } = new() { Name = "HTML", Extensions = [".html"] };

    public async Task<DocumentContent> ReadAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default)
    {
        using StreamReader reader = new(stream, Encoding.UTF8);
        DocumentContentBuilder builder = new(context);
        builder.AddHeading(1, "Heading");
        builder.AddParagraph("read: " + await reader.ReadToEndAsync(cancellationToken));
        return builder.Build();
    }
}
