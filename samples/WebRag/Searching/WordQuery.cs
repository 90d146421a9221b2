using System.Text.RegularExpressions;
using LocalRetrieval;

namespace WebRag.Searching;

/// <summary>A query of a word or two. Who asks it looks for passages that have them, of which the probability that a passage answers a question says little.</summary>
internal static partial class WordQuery
{
    private const int MaxWords = 2;

    public static bool Is(string query) => Words(query) is { Length: > 0 and <= MaxWords };

    /// <summary>Whether the query is a word or two and a passage that was found has all of it.</summary>
    public static bool HasMatch(RetrievalResult result) =>
        Is(result.Query) && (result.Explanations ?? []).Any(explanation => explanation is { Outcome: PassageOutcome.Returned, Matches: { } matches } && HasAll(matches, Words(result.Query)));

    private static bool HasAll(IReadOnlyList<KeywordMatch> matches, string[] words) =>
        Array.TrueForAll(words, word => matches.Any(match => string.Equals(match.Word, word, StringComparison.OrdinalIgnoreCase)));

    private static string[] Words(string query) => [.. WordRegex().Matches(query).Select(match => match.Value)];

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+", RegexOptions.CultureInvariant)]
    private static partial Regex WordRegex();
}
