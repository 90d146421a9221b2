using Markdig;
using Markdig.Syntax;

namespace LocalRetrieval.Rag;

/// <summary>Finds the blocks of parsed Markdown, and hands their text on.</summary>
internal sealed class BlockWalker(
    string source, MarkdownScan scan, SourceEdits edits, BlockMarks marks, InlineWalker inlines, HtmlMarkup html, CancellationToken cancellationToken)
{
    private const int MaxHeadingLength = 256;

    private int _start;
    private bool _isInDefinition;

    /// <summary>Reads a part of the document.</summary>
    public void Walk(TextRange part)
    {
        MarkdownDocument document;
        _start = part.Start;
        try
        {
            document = Markdown.Parse(part.Of(scan.Masked).ToString(), MarkdownPipelines.Blocks, CancellationParser.Context(cancellationToken));
        }
        catch (ArgumentException)
        {
            // Deeper than the parser takes: the lines are read as paragraphs.
            WalkPlain(part);
            return;
        }

        foreach (Block block in document)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Visit(block, isTop: true);
        }
    }

    private void WalkPlain(TextRange part)
    {
        int start = part.Start;
        for (int line = part.Start; line < part.End;)
        {
            LineParts parts = LineParts.Parse(scan.Masked, line);
            if (parts.IsBlank || parts.Next >= part.End)
            {
                marks.Add(start, DocumentBlockKind.Prose);
                inlines.Walk(new TextRange(start, Math.Min(parts.Next, part.End)));
                start = parts.Next;
            }

            line = parts.Next;
        }
    }

    private void Visit(Block block, bool isTop)
    {
        TextRange range = RangeOf(block);
        if (block is HtmlBlock or ThematicBreakBlock && scan.Masked[range.Start] != source[range.Start])
        {
            // A mask of what the scanner read.
            return;
        }

        switch (block)
        {
            case HeadingBlock heading when isTop && range.Length <= MaxHeadingLength && !html.IsInTable:
                VisitHeading(heading, range);
                break;
            case LinkReferenceDefinitionGroup definitions:
                VisitDefinitions(definitions);
                break;
            case ListBlock or QuoteBlock or ListItemBlock:
                VisitContainer((ContainerBlock)block);
                break;
            case HtmlBlock:
                html.ReadBlock(range, isTop);
                break;
            case CodeBlock code:
                html.EnterBlock(Fences(code, range));
                marks.Add(LineStart(range.Start), DocumentBlockKind.Code);
                _isInDefinition = false;
                break;
            case ThematicBreakBlock:
                edits.Hide(range);
                break;
            case LeafBlock:
                if (!_isInDefinition)
                {
                    marks.Add(LineStart(range.Start), DocumentBlockKind.Prose);
                }

                inlines.Walk(range);
                break;
        }
    }

    /// <summary>The lines that fence a block of code.</summary>
    private TextRange[] Fences(CodeBlock code, TextRange range)
    {
        if (code is not FencedCodeBlock fenced)
        {
            return [];
        }

        TextRange first = new(LineStart(range.Start), LineParts.Parse(source, TextLines.LineStart(source, range.Start)).End);
        return fenced.ClosingFencedCharCount > 0 ? [first, new TextRange(LineStart(range.End - 1), range.End)] : [first];
    }

    private void VisitHeading(HeadingBlock heading, TextRange range)
    {
        TextRange text = heading.IsSetext ? range with { End = TextLines.LineStart(source, range.End - 1) } : AtxText(range);
        text = text.Trim(source);
        int line = LineStart(range.Start);
        edits.Hide(new TextRange(line, text.Start));
        edits.Hide(new TextRange(text.End, LineParts.Parse(source, TextLines.LineStart(source, range.End - 1)).End));
        inlines.Walk(text);
        marks.AddHeading(text, heading.Level, HeadingText.Of(source, scan, text));
    }

    private TextRange AtxText(TextRange range)
    {
        int start = range.Start;
        while (start < range.End && source[start] == '#')
        {
            start++;
        }

        TextRange text = new TextRange(start, range.End).Trim(scan.Masked);
        int end = text.End;
        while (end > text.Start && source[end - 1] == '#')
        {
            end--;
        }

        return end == text.Start || source[end - 1] is ' ' or '\t' ? text with { End = end } : text;
    }

    private void VisitContainer(ContainerBlock container)
    {
        int start = RangeOf(container).Start;
        bool isDefinition = container is ListItemBlock && source[start] == ':';
        bool wasInDefinition = _isInDefinition;
        if (container is not ListBlock && !isDefinition && !_isInDefinition)
        {
            marks.Add(LineStart(start), DocumentBlockKind.Prose);
        }

        _isInDefinition |= isDefinition;

        html.EnterBlock();
        bool isBehindBlock = container is ListBlock;
        foreach (Block child in container)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (child is ParagraphBlock && RangeOf(child).Of(scan.Masked).TrimEnd() is [MarkdownScanner.Hidden])
            {
                isBehindBlock = true;
            }
            else if (child is LeafBlock and not (CodeBlock or HtmlBlock or ThematicBreakBlock) && !isBehindBlock)
            {
                inlines.Walk(RangeOf(child));
            }
            else
            {
                Visit(child, isTop: false);
                isBehindBlock = child is not ThematicBreakBlock;
            }
        }

        _isInDefinition = wasInDefinition;
    }

    private void VisitDefinitions(LinkReferenceDefinitionGroup definitions)
    {
        foreach (Block block in definitions)
        {
            if (block is LinkReferenceDefinition { Label: not ['^', ..] } definition)
            {
                edits.Hide(RangeOf(definition));
            }
        }
    }

    private int LineStart(int index) => Math.Max(_start, TextLines.LineStart(source, index));

    private TextRange RangeOf(Block block) => new(_start + block.Span.Start, _start + block.Span.End + 1);
}
