using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Pdf.Tests;

/// <summary>What tests look at in a content.</summary>
internal static class ContentText
{
    /// <summary>The texts of all blocks, in order.</summary>
    public static string[] Texts(this DocumentContent content) => [.. content.Blocks().Select(block => content.Text.Substring(block.Offset, block.Length))];

    /// <summary>All blocks, in order.</summary>
    public static DocumentBlock[] Blocks(this DocumentContent content) => [.. content.Sections.SelectMany(section => section.Blocks)];

    /// <summary>The heading paths of the sections; empty for none.</summary>
    public static string[] Paths(this DocumentContent content) => [.. content.Sections.Select(section => section.HeadingPath ?? "")];
}
