using System.Text;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Html.Tests;

/// <summary>Reads pages that tests write.</summary>
internal static class PageReading
{
    public static Task<DocumentContent> ReadAsync(string html, DocumentReadingOptions? options = null, CancellationToken cancellationToken = default) =>
        ReadAsync(Encoding.UTF8.GetBytes(html), options, cancellationToken);

    public static async Task<DocumentContent> ReadAsync(byte[] html, DocumentReadingOptions? options = null, CancellationToken cancellationToken = default)
    {
        using MemoryStream stream = new(html);
        return await HtmlReader.Instance.ReadAsync(stream, new DocumentContext("page.html", options), cancellationToken);
    }

    /// <summary>The texts of all blocks.</summary>
    public static async Task<string[]> BlocksAsync(string html) => Blocks(await ReadAsync(html));

    public static string[] Blocks(DocumentContent content) =>
        [.. content.Sections.SelectMany(section => section.Blocks).Select(block => content.Text.Substring(block.Offset, block.Length))];

    /// <summary>The heading paths of all sections, empty where there is none.</summary>
    public static async Task<string[]> PathsAsync(string html) => [.. (await ReadAsync(html)).Sections.Select(section => section.HeadingPath ?? "")];
}
