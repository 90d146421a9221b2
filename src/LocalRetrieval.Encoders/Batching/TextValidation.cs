using System.Globalization;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders;

/// <summary>Refuses texts that cannot be read, by their index.</summary>
internal static class TextValidation
{
    /// <exception cref="ArgumentException">A text is null, or ill-formed UTF-16 where <paramref name="loneSurrogates"/> says so.</exception>
    public static void Check(IReadOnlyList<string> texts, LoneSurrogateHandling loneSurrogates, string parameter)
    {
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i] is null)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The text at index {i} is null."), parameter);
            }

            Check(texts[i], loneSurrogates, string.Create(CultureInfo.InvariantCulture, $"The text at index {i}"), parameter);
        }
    }

    /// <exception cref="ArgumentException">The text is ill-formed UTF-16 and <paramref name="loneSurrogates"/> says to throw.</exception>
    public static void Check(string text, LoneSurrogateHandling loneSurrogates, string name, string parameter)
    {
        if (loneSurrogates == LoneSurrogateHandling.Throw && Tokenizer.IndexOfLoneSurrogate(text) is >= 0 and int offset)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name} has a lone surrogate (U+{(int)text[offset]:X4}) at offset {offset}. ") +
                "Repair the text, or set LoneSurrogates to Replace in the options to read U+FFFD instead.",
                parameter);
        }
    }
}
