using Markdig.Syntax;

namespace LocalRetrieval.Rag;

/// <summary>
/// Goes through Markdown line by line, once, before it is parsed: hides what the dialects of site generators add to CommonMark and masks it, so
/// that the parser sees CommonMark of the same length; finds tables, formulas and definitions; and says where the text may be cut.
/// </summary>
/// <remarks>Code is left alone. Quotes and lists deeper than the parser takes are masked as text.</remarks>
internal sealed partial class MarkdownScanner(string source, int start, SourceEdits edits, BlockMarks marks, CancellationToken cancellationToken)
{
    /// <summary>Stands where something is hidden.</summary>
    public const char Hidden = '\uE000';

    /// <summary>Stands where something is text, whatever it looks like.</summary>
    public const char Plain = '\uE001';

    private const int MaxDepth = 24;
    private const string Rule = "***";

    private readonly char[] _mask = source.ToCharArray();
    private readonly List<int> _cuts = [];
    private readonly LinkReferenceDefinitionGroup _definitions = [];
    private readonly List<MaskedLines> _rows = [];
    private readonly List<OpenItem> _items = [];
    private readonly Stack<OpenItem> _left = [];
    private OpenLines? _open;
    private bool _isParagraph;
    private bool _isHtml;
    private bool _isAfterBlank = true;
    private int _quotes;
    private int _steps;

    private int ItemIndent => _items.Count == 0 ? 0 : _items[^1].Indent;

    private int ItemDedent => _items.Count == 0 ? 0 : _items[^1].Dedent;

    public MarkdownScan Scan()
    {
        for (int line = start; line < source.Length;)
        {
            line = ScanLine(LineParts.Parse(source, line));
        }

        HideReferences();
        return new MarkdownScan(new string(_mask), _cuts, _definitions, _rows);
    }

    private int ScanLine(LineParts line)
    {
        CheckCancellation();
        if (_open is { } open && !open.IsLeftBy(line))
        {
            _open = open.IsEndedBy(source, line) ? null : open;
            _isAfterBlank = false;
            Dedent(line);
            return line.Next;
        }

        _open = null;
        if (line.IsBlank)
        {
            _isParagraph = _isHtml = false;
            _isAfterBlank = line.Quotes == 0;
            return line.Next;
        }

        EnterQuotes(line);
        bool isItem = ListMarkers.Length(source, line.Content, line.End, _isParagraph && line.Indent >= ItemIndent) > 0;
        bool isNextItem = isItem && _items.Count > 0;
        _left.Clear();
        while (ItemIndent > line.Indent && (!_isParagraph || isItem))
        {
            _left.Push(_items[^1]);
            _items.RemoveAt(_items.Count - 1);
            _isParagraph &= !isItem;
        }

        Dedent(line);
        if (line.Indent - ItemIndent >= 4 && !_isHtml)
        {
            _isAfterBlank = false;
            return _isParagraph ? ScanText(line) : line.Next;
        }

        if (line is { Quotes: 0, Indent: 0 } && _items.Count == 0 && (isNextItem || (!isItem && MayStartPart(line))))
        {
            _cuts.Add(line.Start);
        }

        int contents = isItem ? TryContents(line) : -1;
        return contents >= 0 ? contents : EnterItems(ref line) ? ScanBlock(line) : line.Next;
    }

    /// <summary>Hides the indentation of a line in a body.</summary>
    private void Dedent(LineParts line)
    {
        int end = line.Start;
        for (int column = 0; end < line.Content && column < ItemDedent && line.Quotes == 0; end++)
        {
            column += source[end] == ' ' ? 1 : 4 - (column % 4);
        }

        edits.Hide(new TextRange(line.Start, end));
    }

    /// <summary>Opens a body, whose indentation within the item that it stands in is not seen.</summary>
    /// <param name="line">The line that opens it.</param>
    /// <param name="width">How much further its lines are indented at least.</param>
    /// <param name="usual">How far they are indented.</param>
    private void EnterBody(LineParts line, int width, int usual)
    {
        while (ItemIndent > line.Indent)
        {
            _items.RemoveAt(_items.Count - 1);
        }

        _items.Add(new OpenItem(line.Indent + width, ItemDedent + Math.Max(0, usual - Math.Max(ItemIndent, ItemDedent))));
    }

    /// <summary>Whether a line that starts no item goes on nothing before it.</summary>
    private bool MayStartPart(LineParts line) =>
        _isAfterBlank ? source[line.Content] is not (':' or '!' or '?' or '=' or '[') : source[line.Content] == '#' && !_isHtml && IsHeading(line);

    private void EnterQuotes(LineParts line)
    {
        if (line.Quotes != _quotes)
        {
            _items.Clear();
            _isHtml = false;
            _isParagraph &= line.Quotes < _quotes;
            _quotes = line.Quotes;
        }

        int quotes = 0;
        for (int index = line.Start; index < line.Content && line.Quotes > MaxDepth; index++)
        {
            if (source[index] == '>' && ++quotes > MaxDepth)
            {
                _mask[index] = Plain;
            }
        }
    }

    /// <summary>Reads the marks of the items that start in a line; false where code follows.</summary>
    private bool EnterItems(ref LineParts line)
    {
        while (ListMarkers.Length(source, line.Content, line.End, _isParagraph) is var length and > 0)
        {
            int content = line.Content + length;
            int indent = line.Indent + length;
            int column = indent;
            for (; content < line.End && source[content] is ' ' or '\t'; content++)
            {
                column += source[content] == ' ' ? 1 : 4 - (column % 4);
            }

            if (_items.Count >= MaxDepth)
            {
                marks.Add(line.Content, DocumentBlockKind.Prose);
                Fill(new TextRange(line.Content, line.Content + length), Plain);
            }

            bool isCode = content == line.End || column - indent > 4;
            _items.Add(new OpenItem(isCode ? indent + 1 : column, ItemDedent));
            _isParagraph = _isHtml = _isAfterBlank = false;
            line = line with { Content = content, Indent = column };
            if (isCode)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads a line of text, and those that a tag in it goes on in; gives the line behind.</summary>
    private int ScanText(LineParts line, bool isHeading = false)
    {
        int end = ScanInlines(line.Content, line.End);
        TextRange range = new(line.Content, end);
        if (!_isHtml && IsHidden(range))
        {
            Fill(range, ' ');
            StayInItems(line);
            _isParagraph = false;
            _isAfterBlank = line.Quotes == 0;
        }
        else
        {
            _isParagraph = !_isHtml && !isHeading;
            _isAfterBlank = false;
        }

        return end == line.End ? line.Next : TextLines.NextLine(source, end);
    }

    /// <summary>Takes back what a line did that is a blank one to the parser: it ends no list.</summary>
    private void StayInItems(LineParts line)
    {
        if (_cuts.Count > 0 && _cuts[^1] == line.Start)
        {
            _cuts.RemoveAt(_cuts.Count - 1);
        }

        while (_left.TryPop(out OpenItem item))
        {
            _items.Add(item);
        }
    }

    private bool IsHidden(TextRange range)
    {
        ReadOnlySpan<char> masked = _mask.AsSpan(range.Start, range.Length);
        return masked.Contains(Hidden) && masked.IndexOfAnyExcept([Hidden, ' ', '\t', '\r', '\n']) < 0;
    }

    /// <summary>Hides a range but for what is visible in it.</summary>
    private void Hide(TextRange range, params ReadOnlySpan<TextRange> visible)
    {
        int from = range.Start;
        foreach (TextRange shown in visible)
        {
            HideAll(new TextRange(from, shown.Start));
            from = shown.End;
        }

        HideAll(new TextRange(from, range.End));
    }

    private void HideAll(TextRange range, bool isParting = false)
    {
        if (!range.IsEmpty)
        {
            edits.HideInline(range, isParting);
            Fill(range, Hidden);
        }
    }

    /// <summary>Masks a range, but for its line ends.</summary>
    private void Fill(TextRange range, char mask)
    {
        for (int index = range.Start; index < range.End; index++)
        {
            if (_mask[index] is not ('\r' or '\n'))
            {
                _mask[index] = mask;
            }
        }
    }

    /// <summary>Makes lines a block that the parser does not see, but as a rule, which ends what stands before.</summary>
    private void TakeOut(TextRange range, DocumentBlockKind kind, int headerEnd = 0)
    {
        Fill(range, ' ');
        for (int line = range.Start; line < range.End;)
        {
            LineParts parts = LineParts.Parse(source, line);
            if (parts.End - parts.Content >= Rule.Length)
            {
                Rule.CopyTo(_mask.AsSpan(parts.Content));
                break;
            }

            line = parts.Next;
        }

        marks.Add(range.Start, kind, headerEnd);
        marks.Add(range.End, DocumentBlockKind.Prose);
        _isParagraph = false;
        _isAfterBlank = _quotes == 0;
    }

    private int LineEnd(int index)
    {
        int end = source.AsSpan(index).IndexOfAny('\r', '\n');
        return end < 0 ? source.Length : index + end;
    }

    private void CheckCancellation()
    {
        if ((++_steps & 255) == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
