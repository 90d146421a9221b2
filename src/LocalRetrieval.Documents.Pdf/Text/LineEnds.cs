namespace LocalRetrieval.Documents.Text;

/// <summary>Joins the lines of a paragraph.</summary>
internal static class LineEnds
{
    private const char SoftHyphen = '\u00AD';

    /// <summary>Whether a line ends inside a word, or may.</summary>
    public static bool IsDivided(string line) => line.Length > 1 && line[^1] is '-' or '\u2010' or SoftHyphen && char.IsLetterOrDigit(line[^2]);

    /// <summary>The text with the next line behind it.</summary>
    public static string Join(string text, string next, Vocabulary vocabulary)
    {
        if (!IsDivided(text))
        {
            return Scripts.JoinsWithoutSpace(text, next) ? text + next : text + " " + next;
        }

        if (text[^1] == SoftHyphen)
        {
            return text[..^1] + next;
        }

        string first = LastWord(text.AsSpan(0, text.Length - 1));
        string second = FirstWord(next);
        bool isCompound = (first.Length + 2 < text.Length && text[^(first.Length + 2)] == '-') || (second.Length < next.Length && second.Length > 0 && next[second.Length] == '-');
        bool isWord = first.Length > 0 && second.Length > 0 && (char.IsLower(second[0]) || (first.Length + second.Length > 3 && (first + second).All(char.IsUpper)));
        return isWord && !vocabulary.KeepsHyphen(first, second, isCompound) ? text[..^1] + next : text + next;
    }

    /// <summary>The text without soft hyphens that no line ended at.</summary>
    public static string Finish(string text) => text.Contains(SoftHyphen) ? text.Replace("\u00AD", "", StringComparison.Ordinal) : text;

    private static string LastWord(ReadOnlySpan<char> text)
    {
        int start = text.Length;
        while (start > 0 && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return text[start..].ToString();
    }

    private static string FirstWord(string text)
    {
        int end = 0;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        return text[..end];
    }
}
