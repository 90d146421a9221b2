using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>The ends of runs of characters, from which the matchers of known regular expressions are made.</summary>
internal static class CharacterRuns
{
    /// <summary>\s+(?!\S)|\s+ at a white-space character: all of them but the last, or all where the text ends or there is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the white space begins.</param>
    /// <param name="end">Where it ends.</param>
    public static int EndOfSpaces(ReadOnlySpan<char> text, int start, int end) =>
        end == text.Length || end - start == 1 ? end : end - 1;

    /// <summary>\s*[\r\n]+|\s+(?!\S)|\s+ at a white-space character: to the last line's end, else as <see cref="EndOfSpaces"/>.</summary>
    public static int EndOfLineOrSpaces(ReadOnlySpan<char> text, int start, int end)
    {
        int lastLine = text[start..end].LastIndexOfAny('\r', '\n');
        return lastLine >= 0 ? start + lastLine + 1 : EndOfSpaces(text, start, end);
    }

    /// <summary>\p{N}{1,n} after its first character.</summary>
    public static int EndOfNumber(ReadOnlySpan<char> text, int index, int maxDigits)
    {
        for (int digits = 1; digits < maxDigits && index < text.Length; digits++)
        {
            if (RegexCharacters.At(text, index, out int length) != RegexCategory.Number)
            {
                break;
            }

            index += length;
        }

        return index;
    }

    /// <summary>The length of (?i:'s|'t|'re|'ve|'m|'ll|'d) at the beginning of a text, 0 where it does not match.</summary>
    /// <remarks>Case folding takes U+017F, the long s, for an s.</remarks>
    public static int ContractionLength(ReadOnlySpan<char> text) => text switch
    {
        ['\'', 's' or 'S' or '\u017F' or 't' or 'T' or 'm' or 'M' or 'd' or 'D', ..] => 2,
        ['\'', 'r' or 'R' or 'v' or 'V', 'e' or 'E', ..] or ['\'', 'l' or 'L', 'l' or 'L', ..] => 3,
        _ => 0,
    };

    /// <summary>Whether a space is at <paramref name="start"/>, and after it what is no letter, number or white space.</summary>
    public static bool IsSpaceBeforeOther(ReadOnlySpan<char> text, int start) =>
        text[start] == ' ' && start + 1 < text.Length && RegexCharacters.At(text, start + 1, out _) == RegexCategory.Other;
}
