namespace LocalRetrieval.Rag.Tests.Chunking;

/// <summary>Documents of given blocks.</summary>
internal static class BlockReader
{
    /// <summary>One block of a kind that is a whole text.</summary>
    public static DocumentContent Block(string text, DocumentBlockKind kind, int headerLength = 0, string? headingPath = null) => new()
    {
        Text = text,
        Sections = [new() { HeadingPath = headingPath, Blocks = [new() { Offset = 0, Length = text.Length, Kind = kind, HeaderLength = headerLength }] }],
    };

    /// <summary>A table of Markdown under a heading, without its delimiter row.</summary>
    public static DocumentContent MarkdownTable(string markdown)
    {
        string[] lines = markdown.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] rows = [.. lines.Where(line => line.StartsWith('|') && !line.StartsWith("|--", StringComparison.Ordinal) && !line.StartsWith("| --", StringComparison.Ordinal))];
        return Block(string.Join('\n', rows), DocumentBlockKind.Table, rows[0].Length, lines[0].TrimStart('#', ' '));
    }
}
