using System.Buffers;

namespace LocalRetrieval.Rag;

/// <summary>Tells the line breaks of a paragraph that was wrapped to a width from those between lines that stand for themselves: an address, a log, a list.</summary>
internal sealed class ParagraphLines
{
    /// <summary>How many lines without a small letter at their start are no chance.</summary>
    private const int ManyLines = 5;

    /// <summary>The least width that text is wrapped to.</summary>
    private const int LeastWidth = 40;

    /// <summary>How much room a line may leave that was wrapped by hand.</summary>
    private const int Slack = 8;

    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?…。！？");

    private readonly string _text;
    private readonly bool _areLines;
    private readonly bool _areLowerLines;
    private readonly int _width;

    /// <summary>Looks at the paragraph that starts at <paramref name="start"/>, up to a blank line.</summary>
    public ParagraphLines(string text, int start, int end)
    {
        _text = text;
        int lines = 0;
        int continued = 0;
        bool hasStop = false;
        int line = start;
        for (; line < end; lines++)
        {
            int next = Math.Min(end, TextLines.NextLine(text, line));
            ReadOnlySpan<char> content = Content(text.AsSpan(line, next - line));
            if (content.IsEmpty && lines > 0)
            {
                break;
            }

            hasStop |= HasStop(content);
            _width = Math.Max(_width, content.Length);
            continued += lines > 0 && !content.IsEmpty && !(char.IsUpper(content[0]) || char.IsAsciiDigit(content[0])) ? 1 : 0;
            line = next;
        }

        End = Math.Max(line, start + 1);
        _areLowerLines = lines >= ManyLines && !hasStop && (_width < LeastWidth || HasRoomInALine(start));
        _areLines = continued == 0 && (_width < LeastWidth || lines >= ManyLines || (lines > 2 && HasRoomInALine(start)));
    }

    /// <summary>Where the paragraph ends.</summary>
    public int End { get; }

    /// <summary>Whether the line before the one that starts at <paramref name="nextLine"/> does not go on in that.</summary>
    public bool IsEndOfLine(int nextLine)
    {
        if (nextLine >= End)
        {
            return true;
        }

        ReadOnlySpan<char> raw = _text.AsSpan(0, nextLine).TrimEnd("\r\n");
        ReadOnlySpan<char> next = Content(_text.AsSpan(nextLine, Math.Min(End, TextLines.NextLine(_text, nextLine)) - nextLine));
        if (next.IsEmpty || raw.EndsWith("  ", StringComparison.Ordinal) || raw.EndsWith('\\') || IsItem(next))
        {
            return true;
        }

        return _areLowerLines || (!char.IsLower(next[0]) && (_areLines || HasRoom(raw[TextLines.LineStart(_text, raw.Length)..], next)));
    }

    /// <summary>Whether a sentence ends in a line: what was wrapped has some in so many lines.</summary>
    private static bool HasStop(ReadOnlySpan<char> line)
    {
        for (int stop; (stop = line.IndexOfAny(Stops)) >= 0; line = line[(stop + 1)..])
        {
            if (stop + 1 == line.Length || char.IsWhiteSpace(line[stop + 1]) || line[stop] > '\u2E80')
            {
                return true;
            }
        }

        return false;
    }

    private bool HasRoomInALine(int start)
    {
        for (int line = start; line < End;)
        {
            int next = Math.Min(End, TextLines.NextLine(_text, line));
            if (next >= End)
            {
                return false;
            }

            if (HasRoom(_text.AsSpan(line, next - line), Content(_text.AsSpan(next, Math.Min(End, TextLines.NextLine(_text, next)) - next))))
            {
                return true;
            }

            line = next;
        }

        return false;
    }

    /// <summary>Whether the next line's first word would have stood on the line with room to spare.</summary>
    private bool HasRoom(ReadOnlySpan<char> line, ReadOnlySpan<char> next)
    {
        int space = next.IndexOfAny(' ', '\t');
        int word = next[0] >= '\u2E80' ? 1 : space < 0 ? next.Length : space;
        return Content(line).Length + 1 + word + Slack <= _width;
    }

    /// <summary>Whether a line starts as items of lists and entries of logs do.</summary>
    private static bool IsItem(ReadOnlySpan<char> line)
    {
        if (line is ['-' or '*' or '+' or '•' or '·' or '–' or '—', ' ' or '\t', ..] or ['[', ..])
        {
            return true;
        }

        int digits = 0;
        while (digits < line.Length && digits < 5 && char.IsAsciiDigit(line[digits]))
        {
            digits++;
        }

        return digits switch
        {
            0 => line is [_, ')', ' ', ..],
            4 => line.Length > 7 && line[4] is '-' or '/' && char.IsAsciiDigit(line[5]),
            _ => digits < line.Length - 1 && ((line[digits] is '.' or ')' && char.IsWhiteSpace(line[digits + 1])) || (line[digits] == ':' && char.IsAsciiDigit(line[digits + 1]))),
        };
    }

    /// <summary>A line without white space at its ends and without the marks of a quote.</summary>
    private static ReadOnlySpan<char> Content(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        while (line is ['>', ..])
        {
            line = line[1..].TrimStart();
        }

        return line;
    }
}
