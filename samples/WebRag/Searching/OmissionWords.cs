using System.Text.RegularExpressions;
using LocalRetrieval;
using WebRag.Documents;

namespace WebRag.Searching;

/// <summary>Says to a reader why a candidate was not returned: the retriever's own words name its options.</summary>
internal static partial class OmissionWords
{
    public static string Of(string omission) => omission switch
    {
        _ when TopRegex().Match(omission) is { Success: true } top => $"not among the first {top.Groups[1].Value}",
        _ when omission.Contains(nameof(RetrievalOptions.MinimumRelevance), StringComparison.Ordinal) => "below the relevance that is needed",
        _ when SameRegex().Match(omission) is { Success: true } same => $"says the same as a passage of {DocumentName.Of(same.Groups[1].Value)}",
        _ when omission.Contains(nameof(SelectionOptions.MaxPerSource), StringComparison.Ordinal) => "enough passages of its document are there already",
        _ when omission.Contains(nameof(SelectionOptions.TokenBudget), StringComparison.Ordinal) => "no room was left for it",
        _ when omission.StartsWith("is returned within", StringComparison.Ordinal) => "stands within another passage that was returned",
        _ when omission.Contains(" is below ", StringComparison.Ordinal) => "below the score that is needed",
        _ => DocumentName.Clean(omission),
    };

    [GeneratedRegex(@"beyond Top, ([0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex TopRegex();

    [GeneratedRegex(@"^says the same as '[^']*' of '(.*)'$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex SameRegex();
}
