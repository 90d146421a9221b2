using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Writes a table in HTML as lines with a row each. What stands in a cell stands on its line, tables and code, too.</summary>
/// <remarks>A cell over more rows stands in each of them, so that the cells below stand under the names of their columns.</remarks>
internal sealed class HtmlTableWriter(string source, SourceEdits edits)
{
    private const int RepeatedShare = 8;
    private const int CellLength = 4;

    private readonly StringBuilder _text = new();
    private readonly List<RepeatedText> _repeated = [];
    private readonly List<SpanningCell> _spans = [];
    private HtmlTag? _cell;
    private bool _isInHead;
    private bool _isInRow;
    private bool _isHeaderRow;
    private bool _isInHeader = true;
    private int _depth;
    private int _column;
    private int _rows;
    private long _budget;

    /// <summary>Where its first row starts.</summary>
    public int FirstRow { get; private set; } = -1;

    /// <summary>Where the names of its columns end; 0 where it has none.</summary>
    public int HeaderEnd { get; private set; }

    /// <summary>Writes the table whose tags, from the first to the last, are <paramref name="tags"/>.</summary>
    public void Write(List<HtmlTag> tags)
    {
        int end = tags[0].Range.Start;
        _budget = 1024 + (RepeatedShare * (long)(tags[^1].Range.End - end));
        foreach (HtmlTag tag in tags)
        {
            WriteGap(new TextRange(end, tag.Range.Start));
            _text.Clear();
            _repeated.Clear();
            bool isInCell = IsInCell(tag);
            if (!isInCell)
            {
                WriteTag(tag);
            }

            edits.Add(new SourceEdit(tag.Range, _text.ToString()) { IsParting = isInCell, Repeated = _repeated.Count == 0 ? null : [.. _repeated] });
            end = tag.Range.End;
        }
    }

    /// <summary>Whether a tag is of what stands in a cell.</summary>
    private bool IsInCell(HtmlTag tag)
    {
        bool isInner = _depth > 1 || !HtmlTable.IsPart(tag.Name);
        if (tag.Name == "table")
        {
            _depth += tag.IsClosing ? -1 : 1;
        }

        return isInner || _depth > 1;
    }

    private void WriteTag(HtmlTag tag)
    {
        switch (tag.Name)
        {
            case "thead":
                _isInHead = !tag.IsClosing;
                break;
            case "tr":
                EndRow(tag);
                if (!tag.IsClosing)
                {
                    StartRow(tag);
                }

                break;
            case "td" or "th":
                EndCell(tag.Range.Start);
                if (!tag.IsClosing)
                {
                    StartCell(tag);
                }

                break;
            case "table" when tag.IsClosing:
                EndRow(tag);
                _text.Append('\n');
                break;
            case "caption" when tag.IsClosing:
                _text.Append('\n');
                break;
        }
    }

    private void StartRow(HtmlTag tag)
    {
        FirstRow = FirstRow < 0 ? tag.Range.Start : FirstRow;
        _isInRow = _isHeaderRow = true;
        _column = 0;
        _text.Append(_rows++ == 0 ? "" : "\n");
    }

    private void StartCell(HtmlTag tag)
    {
        if (!_isInRow)
        {
            StartRow(tag);
        }

        while (_column < _spans.Count && _spans[_column].Rows > 0)
        {
            RepeatCell();
        }

        _cell = tag;
        _isHeaderRow &= tag.Name == "th" || _isInHead;
        _text.Append("| ");
    }

    private void EndCell(int end)
    {
        if (_cell is not { } cell)
        {
            return;
        }

        TextRange text = new(cell.Range.End, end);
        int rows = cell.Rows - 1;
        for (int columns = cell.Columns; columns > 0; columns--, _column++)
        {
            Span(rows, text);
            text = default;
            _text.Append(columns > 1 ? " |" : " ");
        }

        _cell = null;
    }

    /// <summary>Notes for how many more rows the cell in this column stands.</summary>
    private void Span(int rows, TextRange text)
    {
        if (_column == _spans.Count)
        {
            _spans.Add(default);
        }

        _spans[_column] = new SpanningCell(text, rows);
    }

    /// <summary>Writes what stands in this column of the row above, or an empty cell.</summary>
    private void RepeatCell()
    {
        SpanningCell cell = _spans[_column];
        _text.Append("| ");
        _budget -= CellLength + cell.Text.Length;
        if (cell.Rows > 0)
        {
            if (!cell.Text.IsEmpty && _budget >= 0)
            {
                _repeated.Add(new RepeatedText(_text.Length, cell.Text));
            }

            _spans[_column] = cell with { Rows = _budget < 0 ? 0 : cell.Rows - 1 };
        }

        _text.Append(' ');
        _column++;
    }

    private void EndRow(HtmlTag tag)
    {
        if (!_isInRow)
        {
            return;
        }

        EndCell(tag.Range.Start);
        while (_spans is [.., { Rows: 0 }])
        {
            _spans.RemoveAt(_spans.Count - 1);
        }

        while (_column < _spans.Count && _budget >= 0)
        {
            RepeatCell();
        }

        _text.Append('|');
        _isInRow = false;
        _isInHeader &= _isHeaderRow;
        HeaderEnd = _isInHeader ? tag.IsClosing ? tag.Range.End : tag.Range.Start : HeaderEnd;
    }

    /// <summary>Puts what stands between two tags on one line; between cells it is left out.</summary>
    private void WriteGap(TextRange gap)
    {
        if (_cell is null)
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

                edits.Part(new TextRange(index, end));
                index = end - 1;
            }
            else if (source[index] == '|' && source[index - 1] != '\\')
            {
                edits.Replace(new TextRange(index, index + 1), @"\|");
            }
        }
    }
}
