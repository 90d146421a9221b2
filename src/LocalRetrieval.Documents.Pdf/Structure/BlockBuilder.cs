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

        for (int index = 0; index < _blocks.Count; index++)
        {
            if (_blocks[index].Kind == BlockKind.Heading && (IsTooLong(_blocks[index]) || IsStartOfText(index)))
            {
                _blocks[index].Kind = BlockKind.Paragraph;
            }
        }

        return _blocks;
    }

    // A sentence in bold type may look like a heading as far as its first line goes.
    private bool IsStartOfText(int index) =>
        index + 1 < _blocks.Count && _blocks[index + 1] is { Kind: BlockKind.Paragraph } next && !headings.IsNamed(_blocks[index].Lines[0])
        && headings.GoOn(_blocks[index].Lines[^1], next.Lines[0]) && _blocks[index].Lines[^1].Baseline - next.Lines[0].Baseline < 1.4 * next.Lines[0].Column.Leading;

    private static bool IsTooLong(TextBlock block) => block.Lines.Count > MaxHeadingLines || block.Lines.Sum(line => line.Text.Length) > MaxHeadingLength;

    private void Add(TextLine line, TextLine? above)
    {
        BlockKind kind = KindOf(line, above);
        TextBlock? last = _blocks.Count == 0 ? null : _blocks[^1];
        if (last is null || last.Kind != kind || (kind == BlockKind.Heading && !headings.GoOn(last.Lines[^1], line))
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
