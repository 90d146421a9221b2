using System.Text.RegularExpressions;

namespace Samples.Chat;

/// <summary>The words of a text that carry its subject, without their English endings, so that forms of one word are equal.</summary>
internal static partial class ContentWords
{
    private static readonly HashSet<string> StopWords = new(StringComparer.Ordinal)
    {
        "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been", "before", "being",
        "but", "by", "can", "could", "did", "do", "does", "don", "for", "from", "get", "had", "has", "have", "he", "her", "here", "him",
        "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "me", "mean", "means", "more", "most", "much", "my", "no",
        "not", "of", "on", "one", "only", "or", "other", "our", "out", "over", "s", "she", "should", "so", "some", "such", "t", "than",
        "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too", "under", "up", "us", "very",
        "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "would", "you",
        "your",
    };

    /// <summary>The distinct words.</summary>
    public static HashSet<string> Of(string text)
    {
        HashSet<string> words = new(StringComparer.Ordinal);
        foreach (ValueMatch match in WordRegex().EnumerateMatches(text))
        {
            string word = text.Substring(match.Index, match.Length).ToLowerInvariant();
            if (!StopWords.Contains(word))
            {
                words.Add(Stem(word));
            }
        }

        return words;
    }

    /// <summary>Takes off one ending. Both sides of a comparison go through it, so it need not give a word.</summary>
    private static string Stem(string word)
    {
        string stem = word switch
        {
            [.. { Length: >= 3 } start, 'i', 'e', 's'] => start + "y",
            [.. { Length: >= 3 } start, 'i', 'n', 'g'] => Single(start),
            [.. { Length: >= 3 } start, 'e', 'd'] => Single(start),
            [.. { Length: >= 2 } start, 's', 's'] => start + "ss",
            [.. { Length: >= 3 } start, 's'] => start,
            _ => word,
        };
        return stem is [.. { Length: >= 3 } rest, 'e'] ? rest : stem;
    }

    private static string Single(string stem) =>
        stem is [.. var start, var last, var again] && last == again && last != 's' ? start + last : stem;

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+")]
    private static partial Regex WordRegex();
}
