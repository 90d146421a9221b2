using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>The ends of runs of characters, from which the matchers of known regular expressions are made.</summary>
internal static class CharacterRuns
{
    /// <summary>Where the characters of a category end that begin at <paramref name="index"/>.</summary>
    public static int End(ReadOnlySpan<char> text, int index, RegexCategory category)
    {
        while (index < text.Length && RegexCharacters.At(text, index, out int length) == category)
        {
            index += length;
        }

        return index;
    }

    /// <summary>\s+(?!\S)|\s+ at a white-space character: all of them but the last, or all where the text ends or there is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the white space begins.</param>
    /// <param name="end">Where it ends.</param>
    public static int EndOfSpaces(ReadOnlySpan<char> text, int start, int end) =>
        end == text.Length || end - start == 1 ? end : end - 1;
}
