using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>Finds lists of attributes: <c>{#id}</c>, <c>{: .class}</c>, <c>{ width="300" }</c>.</summary>
internal static partial class AttributeLists
{
    private const int MaxLength = 512;

    /// <summary>Behind the list that starts at <paramref name="start"/>; -1 where none does.</summary>
    /// <remarks>Without a colon it is one only at the end of a line, or right behind what it describes.</remarks>
    public static int Match(string text, int start)
    {
        int length = text.AsSpan(start, Math.Min(MaxLength, text.Length - start)).IndexOf('}') + 1;
        if (length < 3)
        {
            return -1;
        }

        string list = text.Substring(start, length);
        int end = start + length;
        if (WithColon().IsMatch(list))
        {
            return end;
        }

        if (!WithoutColon().IsMatch(list))
        {
            return -1;
        }

        bool isBehind = start > 0 && text[start - 1] is ')' or ']' or '*' or '_' or '`';
        return isBehind || (IsAtLineEnd(text, end) && (IsAlone(text, start) || IsInHeading(text, start, end))) ? end : -1;
    }

    private static bool IsAtLineEnd(string text, int index)
    {
        while (index < text.Length && text[index] is ' ' or '\t' or '#')
        {
            index++;
        }

        return index == text.Length || text[index] is '\r' or '\n';
    }

    private static bool IsAlone(string text, int index)
    {
        while (index > 0 && text[index - 1] is ' ' or '\t' or '>')
        {
            index--;
        }

        return index == 0 || text[index - 1] is '\r' or '\n';
    }

    private static bool IsInHeading(string text, int start, int end)
    {
        int line = Math.Max(0, start - MaxLength);
        line += text.AsSpan(line, start - line).LastIndexOfAny('\r', '\n') + 1;
        return text.AsSpan(line, start - line).TrimStart(" >").StartsWith('#') || IsAboveUnderline(text, end);
    }

    private static bool IsAboveUnderline(string text, int end)
    {
        int next = TextLines.NextLine(text, end);
        ReadOnlySpan<char> line = text.AsSpan(next, TextLines.NextLine(text, Math.Min(next, text.Length)) - next).Trim();
        return line.Length > 0 && (line.TrimStart('=').IsEmpty || line.TrimStart('-').IsEmpty);
    }

    [GeneratedRegex("""^\{:\s*(?:(?:[#.][\w:.-]+|[\w:.-]+=(?:"[^"]*"|'[^']*'|[^\s"'}]+)|[A-Za-z][\w-]*:?)(?:\s+|(?=\})))+\}$""", RegexOptions.ExplicitCapture)]
    private static partial Regex WithColon();

    [GeneratedRegex("""^\{\s*(?:(?:[#.][\w:.-]+|[\w:@-]+=(?:"[^"]*"|'[^']*'|[^\s"'}]+)|-)(?:\s+|(?=\})))+\}$""", RegexOptions.ExplicitCapture)]
    private static partial Regex WithoutColon();
}
