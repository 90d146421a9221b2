using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Office.Tests.Fixtures;

/// <summary>Reads files and shows what came of them.</summary>
internal static class Reading
{
    public static async Task<DocumentContent> ReadAsync(
        this IDocumentReader reader, byte[] bytes, DocumentReadingOptions? options = null, CancellationToken cancellationToken = default)
    {
        using MemoryStream stream = new(bytes, writable: false);
        return await reader.ReadAsync(stream, new DocumentContext("a file", options), cancellationToken);
    }

    public static Task<DocumentContent> ReadAsync(this IDocumentReader reader, OfficeFile file, DocumentReadingOptions? options = null) => reader.ReadAsync(file.ToBytes(), options);

    /// <summary>Each block as <c>path: text</c>.</summary>
    public static string[] Lines(this DocumentContent content) =>
        [.. content.Sections.SelectMany(section => section.Blocks.Select(block => $"{section.HeadingPath}: {content.Text.Substring(block.Offset, block.Length)}"))];

    public static DocumentBlock[] Blocks(this DocumentContent content) => [.. content.Sections.SelectMany(section => section.Blocks)];
}
