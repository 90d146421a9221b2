namespace LocalRetrieval.Rag;

/// <summary>A table in HTML, written as lines with a row each once it is known that it holds nothing but cells of text.</summary>
/// <param name="start">Where its tag starts.</param>
/// <param name="marks">How many blocks stood before it.</param>
internal sealed class HtmlTable(int start, int marks)
{
    private readonly List<HtmlTag> _tags = [];
    private bool _isInHead;
    private bool _isInRow;
    private bool _isInCell;
    private bool _isHeaderRow;
    private bool _isInHeader = true;
    private int _columns;
    private int _rows;

    public int Start => start;

    public int Marks => marks;

    /// <summary>Whether it holds blocks that no cell of a line can.</summary>
    public bool IsLayout { get; set; }

    /// <summary>How many tables are open in it.</summary>
    public int Depth { get; set; }

    /// <summary>Whether it has cells.</summary>
    public bool HasCells => _tags.Exists(tag => tag.Name is "td" or "th");

    /// <summary>Where its first row starts.</summary>
    public int FirstRow { get; private set; } = -1;

    /// <summary>Where the names of its columns end; 0 where it has none.</summary>
    public int HeaderEnd { get; private set; }

    public static bool IsPart(string name) => name is "table" or "thead" or "tbody" or "tfoot" or "tr" or "th" or "td" or "caption" or "colgroup" or "col";

    public void Add(HtmlTag tag) => _tags.Add(tag);

    /// <summary>Leaves the tags out, each in a line of its own.</summary>
    public void WriteLayout(SourceEdits edits)
    {
        foreach (HtmlTag tag in _tags)
        {
            edits.Replace(tag.Range, "\n");
        }
    }

    /// <summary>Writes the rows.</summary>
    public void Write(string source, SourceEdits edits)
    {
        int end = _tags[0].Range.Start;
        foreach (HtmlTag tag in _tags)
        {
            WriteGap(source, new TextRange(end, tag.Range.Start), edits);
            edits.Replace(tag.Range, Replacement(tag));
            end = tag.Range.End;
        }
    }

    private string Replacement(HtmlTag tag)
    {
        switch (tag.Name)
        {
            case "thead":
                _isInHead = !tag.IsClosing;
                return "";
            case "tr":
                return EndRow(tag) + (tag.IsClosing ? "" : StartRow(tag));
            case "td" or "th" when tag.IsClosing:
                return EndCell();
            case "td" or "th":
                string text = EndCell() + (_isInRow ? "" : StartRow(tag));
                _isInCell = true;
                _columns = tag.Columns;
                _isHeaderRow &= tag.Name == "th" || _isInHead;
                return text + "| ";
            case "table" when tag.IsClosing:
                return EndRow(tag) + "\n";
            case "caption" when tag.IsClosing:
                return "\n";
            default:
                return "";
        }
    }

    private string StartRow(HtmlTag tag)
    {
        FirstRow = FirstRow < 0 ? tag.Range.Start : FirstRow;
        _isInRow = _isHeaderRow = true;
        return _rows++ == 0 ? "" : "\n";
    }

    private string EndCell()
    {
        if (!_isInCell)
        {
            return "";
        }

        _isInCell = false;
        return string.Concat(Enumerable.Repeat(" |", _columns - 1)) + " ";
    }

    private string EndRow(HtmlTag tag)
    {
        if (!_isInRow)
        {
            return "";
        }

        string text = EndCell() + "|";
        _isInRow = false;
        _isInHeader &= _isHeaderRow;
        HeaderEnd = _isInHeader ? tag.IsClosing ? tag.Range.End : tag.Range.Start : HeaderEnd;
        return text;
    }

    /// <summary>Puts what stands between two tags on one line; between cells it is left out.</summary>
    private void WriteGap(string source, TextRange gap, SourceEdits edits)
    {
        if (!_isInCell)
        {
            if (gap.Of(source).IsWhiteSpace())
            {
                edits.Hide(gap);
            }

            return;
        }

        TextRange text = gap.Trim(source);
        edits.Hide(gap with { End = text.Start });
        edits.Hide(gap with { Start = text.End });
        for (int index = text.Start; index < text.End; index++)
        {
            if (source[index] is '\r' or '\n')
            {
                int end = index;
                while (char.IsWhiteSpace(source[end]))
                {
                    end++;
                }

                edits.Replace(new TextRange(index, end), " ");
                index = end - 1;
            }
            else if (source[index] == '|' && source[index - 1] != '\\')
            {
                edits.Replace(new TextRange(index, index + 1), @"\|");
            }
        }
    }
}
