using LocalRetrieval.Documents.Layout;
using LocalRetrieval.Documents.Parsing;
using LocalRetrieval.Documents.Text;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Structure;

/// <summary>Makes content of the lines and tables of all pages.</summary>
internal sealed class ContentWriter(DocumentContext context, DocumentMetadata metadata, List<OutlineEntry> outline)
{
    private readonly Vocabulary _vocabulary = new();
    private readonly List<TextBlock> _footnotes = [];
    private DocumentContentBuilder _builder = new(context);

    /// <summary>Writes the items, in the order of reading.</summary>
    /// <param name="items">The lines and tables of all pages.</param>
    /// <param name="throwIfOver">Throws where reading must end.</param>
    public DocumentContentBuilder Write(List<PageItem> items, Action throwIfOver)
    {
        BodyStyle body = BodyStyle.Of(items);
        List<PageItem> kept = RunningLines.Remove(items, body.Size);
        throwIfOver();
        Footnotes.Mark(kept, body.Size);
        OutlineTitles titles = new(outline);
        List<TextBlock> blocks = new BlockBuilder(body, new HeadingFinder(kept, body, titles)).Build(kept);
        List<TextBlock> headings = blocks.FindAll(block => block.Kind == BlockKind.Heading);
        HeadingLevels.Assign(headings, titles);
        _builder = new DocumentContentBuilder(context, metadata with { Title = metadata.Title ?? TitleOf(headings) });
        kept.ForEach(item => _vocabulary.Add(item.Line?.Text ?? ""));
        throwIfOver();
        for (int index = 0; index < blocks.Count; index++)
        {
            Write(blocks, ref index);
        }

        WriteFootnotes(int.MaxValue);
        return _builder;
    }

    // The first heading is the title, where the document names none and no other heading is as large.
    private string? TitleOf(List<TextBlock> headings) =>
        headings.Count > 0 && headings[0].Level == 1 && headings.Skip(1).All(heading => heading.Lines[0].Size < headings[0].Lines[0].Size)
            ? Join(headings[0].Lines)
            : null;

    private void Write(List<TextBlock> blocks, ref int index)
    {
        TextBlock block = blocks[index];
        if (block.Kind == BlockKind.Footnote)
        {
            _footnotes.Add(block);
            return;
        }

        if (block.Kind != BlockKind.Paragraph)
        {
            WriteFootnotes(block.Page);
        }

        _builder.Page = block.Page;
        switch (block.Kind)
        {
            case BlockKind.Heading:
                _builder.AddHeading(block.Level, Join(block.Lines));
                break;
            case BlockKind.Code:
                _builder.AddCode(CodeText.Of(block.Lines));
                break;
            case BlockKind.Contents:
                _builder.AddLines(string.Join('\n', block.Lines.Select(line => Leaders.Shorten(line.Text))));
                break;
            case BlockKind.Table:
                index = TableWriter.Write(blocks, index, _builder);
                break;
            default:
                index = WriteText(blocks, index);
                break;
        }
    }

    // Footnotes between the parts of a paragraph wait until it ends.
    private int WriteText(List<TextBlock> blocks, int index)
    {
        List<TextLine> lines = [.. blocks[index].Lines];
        for (; index + 1 < blocks.Count && blocks[index + 1].Kind is BlockKind.Paragraph or BlockKind.Footnote; index++)
        {
            if (blocks[index + 1].Kind == BlockKind.Footnote)
            {
                _footnotes.Add(blocks[index + 1]);
            }
            else
            {
                lines.AddRange(blocks[index + 1].Lines);
            }
        }

        new ParagraphWriter(_builder, Join, WriteFootnotes).Write(lines);
        return index;
    }

    private void WriteFootnotes(int beforePage)
    {
        foreach (TextBlock block in _footnotes.Where(block => block.Page < beforePage))
        {
            _builder.Page = block.Page;
            for (int start = 0; start < block.Lines.Count;)
            {
                int end = block.Lines.FindIndex(start + 1, Footnotes.IsMarked);
                end = end < 0 ? block.Lines.Count : end;
                _builder.AddParagraph(Join(block.Lines[start..end]));
                start = end;
            }
        }

        _footnotes.RemoveAll(block => block.Page < beforePage);
    }

    private string Join(List<TextLine> lines)
    {
        string text = "";
        foreach (TextLine line in lines)
        {
            text = text.Length == 0 ? line.Text : LineEnds.Join(text, line.Text, _vocabulary);
        }

        return LineEnds.Finish(text);
    }
}
