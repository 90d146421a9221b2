namespace LocalRetrieval.Rag;

/// <summary>The lines that open and close code and formulas in Markdown: three or more backticks or tildes, <c>$$</c>, <c>\[</c>.</summary>
/// <remarks>One that opens stands with what it opens, and one that closes with what it closes.</remarks>
internal static class Fences
{
    /// <summary>Whether a line opens what stands below it.</summary>
    public static bool Opens(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> content = Content(line);
        return Marks(content) >= 3 || content is "$$" or @"\[";
    }

    /// <summary>Whether a line closes what stands above it: nothing stands behind its marks.</summary>
    public static bool Closes(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> content = Content(line);
        return content is "$$" or @"\]" || (Marks(content) is var marks && marks >= 3 && marks == content.Length);
    }

    /// <summary>Where that starts which the first lines of a range open; the range's start where they open nothing.</summary>
    public static int ContentStart(string text, TextRange range)
    {
        ReadOnlySpan<char> rest = range.Of(text);
        while (rest.IndexOfAny('\r', '\n') is var end and >= 0 && Opens(rest[..end]))
        {
            rest = rest[end..].TrimStart(" \t>\r\n");
        }

        return range.End - rest.Length;
    }

    /// <summary>Where that ends which the last line of a range closes; the range's end where that closes nothing.</summary>
    public static int ContentEnd(string text, TextRange range)
    {
        ReadOnlySpan<char> span = range.Of(text);
        int last = span.LastIndexOfAny('\r', '\n') + 1;
        return last > 0 && Closes(span[last..]) ? range.Start + span[..last].TrimEnd(" \t>\r\n").Length : range.End;
    }

    private static int Marks(ReadOnlySpan<char> content) =>
        content.IsEmpty || content[0] is not ('`' or '~') ? 0 : content.Length - content.TrimStart(content[0]).Length;

    /// <summary>A line without the marks of the quotes and list items that it opens.</summary>
    private static ReadOnlySpan<char> Content(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        while (true)
        {
            int digits = 0;
            while (digits < line.Length && char.IsAsciiDigit(line[digits]))
            {
                digits++;
            }

            int marker = line is ['>', ..] ? 1
                : line is ['-' or '*' or '+', ' ' or '\t', ..] ? 2
                : digits > 0 && digits + 1 < line.Length && line[digits] is '.' or ')' && line[digits + 1] is ' ' or '\t' ? digits + 2 : 0;
            if (marker == 0)
            {
                return line;
            }

            line = line[marker..].TrimStart();
        }
    }
}
