using LocalRetrieval.Documents.Layout;
using LocalRetrieval.Documents.Text;

namespace LocalRetrieval.Documents.Structure;

/// <summary>Puts lines together that are a heading, code, a part of a table of contents, or running text.</summary>
internal sealed class BlockBuilder(BodyStyle body, HeadingFinder headings)
{
    private const int MaxHeadingLines = 4;
    private const int MaxHeadingLength = 250;

    private readonly List<TextBlock> _blocks = [];

    /// <summary>The blocks of the items; paragraphs are not told apart yet.</summary>
    public List<TextBlock> Build(List<PageItem> items)
    {
        TextLine? above = null;
        foreach (PageItem item in items)
        {
            if (item.Line is { } line)
            {
                Add(line, above?.Column == line.Column ? above : null);
                above = line;
            }
            else
            {
                _blocks.Add(new TextBlock(BlockKind.Table, item.Page) { Table = item.Table });
                above = null;
            }
        }

        foreach (TextBlock block in _blocks.Where(block => block.Kind == BlockKind.Heading && IsTooLong(block)))
        {
            block.Kind = BlockKind.Paragraph;
        }

        return _blocks;
    }

    private static bool IsTooLong(TextBlock block) => block.Lines.Count > MaxHeadingLines || block.Lines.Sum(line => line.Text.Length) > MaxHeadingLength;

    private void Add(TextLine line, TextLine? above)
    {
        BlockKind kind = KindOf(line, above);
        TextBlock? last = _blocks.Count == 0 ? null : _blocks[^1];
        if (last is null || last.Kind != kind || (kind == BlockKind.Heading && !HeadingFinder.GoOn(last.Lines[^1], line))
            || (kind == BlockKind.Code && last.Lines[^1].Page != line.Page && last.Lines[^1].Left < line.Left - 1))
        {
            _blocks.Add(last = new TextBlock(kind, line.Page));
        }

        last.Lines.Add(line);
    }

    private BlockKind KindOf(TextLine line, TextLine? above) =>
        line.IsFootnote ? BlockKind.Footnote
        : headings.IsHeading(line, above) ? BlockKind.Heading
        : Leaders.IsLine(line.Text) ? BlockKind.Contents
        : line.IsFixedPitch && !body.IsFixedPitch ? BlockKind.Code
        : BlockKind.Paragraph;
}
