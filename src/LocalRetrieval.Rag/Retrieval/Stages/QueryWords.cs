using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>The words of a query, for stores that take them one by one.</summary>
internal static partial class QueryWords
{
    /// <summary>Its runs of letters, marks, digits and what joins them, each once; the query itself where it has none.</summary>
    public static ICollection<string> Of(string query)
    {
        string[] words = [.. Word().Matches(query).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase)];
        return words.Length > 0 ? words : [query];
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}_]+(?:['’.-][\p{L}\p{M}\p{N}_]+)*")]
    private static partial Regex Word();
}
