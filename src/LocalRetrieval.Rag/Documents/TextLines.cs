namespace LocalRetrieval.Rag;

/// <summary>Lines of a text, ended by LF, CR or CRLF.</summary>
internal static class TextLines
{
    /// <summary>Where the text starts behind a byte order mark, if it has one.</summary>
    public static int SkipByteOrderMark(string text) => text.StartsWith('\uFEFF') ? 1 : 0;

    /// <summary>Where the line that holds <paramref name="index"/> starts.</summary>
    public static int LineStart(string text, int index) => text.AsSpan(0, index).LastIndexOfAny('\r', '\n') + 1;

    /// <summary>The number of the line that holds <paramref name="index"/>, from 1.</summary>
    public static int NumberOf(string text, int index)
    {
        int number = 1;
        for (int line = NextLine(text, 0); line <= index && line < text.Length; line = NextLine(text, line))
        {
            number++;
        }

        return number;
    }

    /// <summary>How many lines a text has; one that ends a line starts none.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (ReadOnlySpan<char> line in text.TrimEnd("\r\n").EnumerateLines())
        {
            count++;
        }

        return Math.Max(1, count);
    }

    /// <summary>Where the line after the one that holds <paramref name="index"/> starts; the text's length where there is none.</summary>
    public static int NextLine(string text, int index)
    {
        int end = text.AsSpan(index).IndexOfAny('\r', '\n');
        if (end < 0)
        {
            return text.Length;
        }

        end += index;
        return end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
    }
}
