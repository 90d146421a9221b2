using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Reads rows of cells as RFC 4180 has them, and what people write instead: quotes within a cell are text, and so is one that is never closed.</summary>
/// <remarks>Linear in the text's length. Not safe for concurrent use.</remarks>
internal sealed class DelimitedRows(string text, char delimiter, int start)
{
    // A cell may hold an article; a quote that is closed further on than this was meant as an inch.
    private const int MaxQuotedLength = 1 << 18;
    private const int MaxUnclosed = 16;

    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private int _index = start;
    private int _unclosed;

    /// <summary>The cells of the row that was read last; valid until the next.</summary>
    public IReadOnlyList<string> Cells => _cells;

    /// <summary>Where that row starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where the first quote stands that is never closed; -1 where all are.</summary>
    public int FirstUnclosed { get; private set; } = -1;

    /// <summary>Reads the next row; blank lines are passed over.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool Next()
    {
        while (_index < text.Length && text[_index] is '\r' or '\n')
        {
            _index++;
        }

        _cells.Clear();
        Start = _index;
        if (_index >= text.Length)
        {
            return false;
        }

        while (ReadCell())
        {
        }

        return true;
    }

    /// <summary>Reads a cell and what ends it.</summary>
    /// <returns>Whether another follows in the row.</returns>
    private bool ReadCell()
    {
        int open = _index;
        while (open < text.Length && text[open] == ' ')
        {
            open++;
        }

        if (open < text.Length && text[open] == '"' && _unclosed < MaxUnclosed && TryReadQuoted(open))
        {
            _cells.Add(_cell.ToString());
        }
        else
        {
            int length = text.AsSpan(_index).IndexOfAny(delimiter, '\r', '\n');
            int end = length < 0 ? text.Length : _index + length;
            _cells.Add(text[_index..end]);
            _index = end;
        }

        bool hasNext = _index < text.Length && text[_index] == delimiter;
        _index += hasNext ? 1 : 0;
        return hasNext;
    }

    private bool TryReadQuoted(int open)
    {
        _cell.Clear();
        int last = Math.Min(text.Length, open + MaxQuotedLength);
        for (int index = open + 1; index < last;)
        {
            int quote = text.AsSpan(index, last - index).IndexOf('"');
            if (quote < 0)
            {
                break;
            }

            _cell.Append(text, index, quote);
            index += quote + 1;
            if (index < text.Length && text[index] == '"')
            {
                _cell.Append('"');
                index++;
            }
            else if (EndOfCell(index) is var end && end >= 0)
            {
                _index = end;
                return true;
            }
            else
            {
                _cell.Append('"');
            }
        }

        FirstUnclosed = FirstUnclosed < 0 ? open : FirstUnclosed;
        _unclosed++;
        return false;
    }

    /// <summary>Where the delimiter or line end right behind a quote stands; -1 where there is none, so that the quote is text.</summary>
    private int EndOfCell(int index)
    {
        while (index < text.Length && text[index] == ' ' && delimiter != ' ')
        {
            index++;
        }

        return index >= text.Length || text[index] == delimiter || text[index] is '\r' or '\n' ? index : -1;
    }
}
