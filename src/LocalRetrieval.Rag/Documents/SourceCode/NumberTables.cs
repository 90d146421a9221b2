using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Leaves out what follows the start of a long table of numbers: nobody looks for it, and there can be more of it than of the program.</summary>
internal sealed class NumberTables(string text, CodeSize size, int maxTokens)
{
    private readonly List<DocumentWarning> _warnings = [];
    private long _tokens;
    private bool _isLeavingOut;
    private int _counted;
    private int _line = 1;

    /// <summary>Where something is left out.</summary>
    public IReadOnlyList<DocumentWarning> Warnings => _warnings;

    /// <summary>What of a range stays. Ranges are asked for in the text's order.</summary>
    public List<TextRange> Without(TextRange range)
    {
        List<TextRange> kept = [];
        int start = range.Start;
        for (int line = range.Start; line < range.End;)
        {
            int next = Math.Min(range.End, TextLines.NextLine(text, line));
            if (LeavesOut(line, next))
            {
                Keep(start, line, kept);
                start = next;
            }

            line = next;
        }

        Keep(start, range.End, kept);
        return kept;
    }

    private bool LeavesOut(int line, int next)
    {
        (bool hasDigits, bool hasWords) = Look(text.AsSpan(line, next - line));
        if (hasWords)
        {
            _tokens = 0;
            _isLeavingOut = false;
            return false;
        }

        _tokens += size.Between(line, TextLines.NextLine(text, line));
        if (_tokens <= maxTokens || (!hasDigits && !_isLeavingOut))
        {
            return false;
        }

        if (!_isLeavingOut)
        {
            Warn(line);
        }

        _isLeavingOut = true;
        return true;
    }

    private void Warn(int index)
    {
        for (; _counted < index; _counted = TextLines.NextLine(text, _counted))
        {
            _line++;
        }

        _warnings.Add(new DocumentWarning { Line = _line, Message = "From here on a table of numbers is left out; its start stays." });
    }

    private void Keep(int start, int end, List<TextRange> kept)
    {
        TextRange range = new TextRange(start, end).Trim(text);
        if (!range.IsEmpty)
        {
            kept.Add(new TextRange(Math.Max(start, TextLines.LineStart(text, range.Start)), range.End));
        }
    }

    /// <summary>A number starts with a digit and may go on with letters, such as 0x1F or 1e5f.</summary>
    private static (bool HasDigits, bool HasWords) Look(ReadOnlySpan<char> line)
    {
        bool hasDigits = false;
        bool isInNumber = false;
        foreach (char character in line)
        {
            if (char.IsAsciiDigit(character))
            {
                hasDigits = true;
                isInNumber = true;
            }
            else if (character is '"' or '/' or '#' || (!isInNumber && (char.IsLetter(character) || char.IsSurrogate(character))))
            {
                return (hasDigits, true);
            }
            else if (!char.IsLetter(character) && character is not ('.' or '_'))
            {
                isInNumber = char.GetUnicodeCategory(character) == UnicodeCategory.DecimalDigitNumber;
            }
        }

        return (hasDigits, false);
    }
}
