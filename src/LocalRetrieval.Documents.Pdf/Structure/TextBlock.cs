using LocalRetrieval.Documents.Layout;

namespace LocalRetrieval.Documents.Structure;

/// <summary>Lines that belong together, or a table.</summary>
internal sealed class TextBlock(BlockKind kind, int page)
{
    public BlockKind Kind { get; set; } = kind;

    public int Page { get; } = page;

    public List<TextLine> Lines { get; } = [];

    public TableGrid? Table { get; init; }

    /// <summary>The level of a heading, from 1.</summary>
    public int Level { get; set; }

    /// <summary>The text of a heading: its lines with spaces between.</summary>
    public string Title => string.Join(' ', Lines.Select(line => line.Text));
}
