namespace LocalRetrieval.Rag;

/// <summary>The first words of a document's body.</summary>
internal static class BodyStart
{
    /// <summary>Whether the body that starts at <paramref name="start"/> says <paramref name="words"/> first, headings aside.</summary>
    /// <remarks>White space and the marks of emphasis and code do not count, on either side.</remarks>
    public static bool Says(string text, int start, string words)
    {
        int index = SkipHeadings(text, start);
        foreach (char wanted in words)
        {
            if (IsMark(wanted))
            {
                continue;
            }

            while (index < text.Length && IsMark(text[index]))
            {
                index++;
            }

            if (index == text.Length || text[index] != wanted)
            {
                return false;
            }

            index++;
        }

        return true;
    }

    private static int SkipHeadings(string text, int start)
    {
        int line = start;
        while (line < text.Length)
        {
            int next = TextLines.NextLine(text, line);
            ReadOnlySpan<char> content = text.AsSpan(line, next - line).Trim();
            if (content.Length > 0 && content[0] != '#')
            {
                break;
            }

            line = next;
        }

        return line;
    }

    private static bool IsMark(char character) => char.IsWhiteSpace(character) || character is '*' or '_' or '`';
}
