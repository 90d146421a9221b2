namespace Samples.Chat;

/// <summary>Cuts a paragraph into its sentences.</summary>
/// <remarks>
/// A stop ends a sentence before white space and something other than a small letter, but not after an abbreviation or an initial.
/// </remarks>
internal static class Sentences
{
    private const string Stops = ".!?…。！？";
    private const string WideStops = "。！？";
    private const string Closers = Stops + "\"')]”’»›」』*_`";

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "dr", "prof", "st", "vs", "etc", "cf", "al", "fig", "figs", "eq", "vol", "pp", "approx", "ca", "inc", "ltd",
    };

    /// <summary>The sentences in their order, each a substring of <paramref name="paragraph"/>.</summary>
    public static List<string> Of(string paragraph)
    {
        List<string> sentences = [];
        int start = 0;
        for (int index = 0; index < paragraph.Length; index++)
        {
            if (!Stops.Contains(paragraph[index], StringComparison.Ordinal))
            {
                continue;
            }

            int stop = index;
            while (index + 1 < paragraph.Length && Closers.Contains(paragraph[index + 1], StringComparison.Ordinal))
            {
                index++;
            }

            if (IsEnd(paragraph, start, stop, index + 1))
            {
                sentences.Add(paragraph[start..(index + 1)].Trim());
                start = index + 1;
            }
        }

        sentences.Add(paragraph[start..].Trim());
        sentences.RemoveAll(sentence => sentence.Length == 0);
        return sentences;
    }

    private static bool IsEnd(string text, int start, int stop, int next)
    {
        if (next == text.Length || WideStops.Contains(text[stop], StringComparison.Ordinal))
        {
            return true;
        }

        ReadOnlySpan<char> rest = text.AsSpan(next).TrimStart();
        return char.IsWhiteSpace(text[next])
            && (rest.IsEmpty || !char.IsLower(rest[0]))
            && !(text[stop] == '.' && IsAbbreviation(text.AsSpan(start, stop - start)));
    }

    /// <summary>Whether the last word before a full stop is one that takes it without ending the sentence: "Dr", "e.g", "J".</summary>
    private static bool IsAbbreviation(ReadOnlySpan<char> before)
    {
        int start = before.Length;
        while (start > 0 && (char.IsLetter(before[start - 1]) || before[start - 1] == '.'))
        {
            start--;
        }

        ReadOnlySpan<char> word = before[start..];
        return word is [var initial] && char.IsUpper(initial)
            || (word.Length > 1 && word[1] == '.')
            || Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }
}
