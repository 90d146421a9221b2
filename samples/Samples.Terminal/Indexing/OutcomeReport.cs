using LocalRetrieval.Rag;

namespace Samples.Indexing;

/// <summary>Says what of a folder was left out, gave nothing, or was read in another way than it may have been meant.</summary>
internal static class OutcomeReport
{
    private const int MaxNames = 3;
    private const int MaxWarnings = 10;

    /// <summary>A line for each reason that there is, and for each warning, up to ten.</summary>
    public static IEnumerable<string> Describe(IndexingResult result)
    {
        IEnumerable<string> skipped = result.Skipped.GroupBy(document => document.Reason, document => document.Source)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"Skipped {group.Count()} ({group.Key}): {First([.. group])}");
        IEnumerable<string> empty = result.Empty.GroupBy(document => document.Reason, document => document.Source)
            .Select(group => $"No passage from {group.Count()} ({group.Key}): {First([.. group])}");
        IEnumerable<string> warnings = result.Warnings.Take(MaxWarnings).Select(warning => warning.ToString());
        string[] more = result.Warnings.Count > MaxWarnings ? [$"… and {result.Warnings.Count - MaxWarnings} more warnings"] : [];
        return [.. skipped, .. empty, .. warnings, .. more];
    }

    private static string First(string[] names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : "");
}
