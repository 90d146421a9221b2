namespace LocalRetrieval.Rag;

/// <summary>Says of documents what went wrong, and the name of each once: most errors begin with it, and not all.</summary>
internal static class FailureText
{
    private const int MaxLines = 20;
    private const int MaxSources = 3;

    /// <summary>What is said of a document behind its name, in a line.</summary>
    /// <param name="source">The document.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="otherwise">What stands before an error that does not begin with the name.</param>
    public static string Behind(string source, Exception error, string otherwise)
    {
        string message = error.Message.ReplaceLineEndings(" ");
        string name = $"'{source}' ";
        return message.StartsWith(name, StringComparison.Ordinal) ? message[name.Length..] : $"{otherwise}: {message}";
    }

    /// <summary>A line for each reason, with the documents that failed for it; the last of very many counts the others.</summary>
    /// <param name="failures">Each document, and what is said behind its name.</param>
    public static IEnumerable<string> Lines(IEnumerable<(string Source, string Reason)> failures)
    {
        string[][] groups = [.. failures.GroupBy(failure => failure.Reason, failure => failure.Source, (reason, sources) => (string[])[reason, .. sources])];
        foreach (string[] group in groups.Take(MaxLines))
        {
            yield return $"{Names(group.AsSpan(1))}{(group.Length > 2 ? ":" : "")} {group[0]}";
        }

        if (groups.Length > MaxLines)
        {
            yield return $"and {Counted.Of(groups.Skip(MaxLines).Sum(group => group.Length - 1), "other")}";
        }
    }

    private static string Names(ReadOnlySpan<string> sources)
    {
        string first = string.Join(", ", sources[..Math.Min(sources.Length, MaxSources)].ToArray().Select(source => $"'{source}'"));
        return sources.Length > MaxSources ? $"{first} and {sources.Length - MaxSources} more" : first;
    }
}
