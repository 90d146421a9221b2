using System.IO.Enumeration;
using LocalRetrieval.Rag;

namespace ConsoleRag.Indexing;

/// <summary>Says which files of a folder are not read, and why.</summary>
internal static class SkippedFiles
{
    private const int MaxNames = 3;

    /// <summary>A line for each reason that there is.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="documents">What <see cref="SourceDocument.FromFolder"/> takes of it.</param>
    public static IEnumerable<string> Describe(string folder, IReadOnlyList<SourceDocument> documents)
    {
        HashSet<string> read = [.. documents.Select(document => document.Source)];
        return Entries(Path.GetFullPath(folder))
            .Where(entry => !read.Contains(entry.Name))
            .GroupBy(entry => entry.IsHidden ? "hidden" : "neither Markdown nor text", entry => entry.Name)
            .OrderBy(skipped => skipped.Key, StringComparer.Ordinal)
            .Select(skipped => $"Skipped {skipped.Count()} ({skipped.Key}): {First([.. skipped.Order(StringComparer.Ordinal)])}");
    }

    private static string First(string[] names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : "");

    /// <summary>All files, and the hidden folders, which are not looked into.</summary>
    private static FileSystemEnumerable<(string Name, bool IsHidden)> Entries(string root) =>
        new(root, (ref entry) => (NameOf(root, ref entry), entry.IsHidden), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        {
            ShouldIncludePredicate = (ref entry) => entry.IsHidden || !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => !entry.IsHidden,
        };

    private static string NameOf(string root, ref FileSystemEntry entry) =>
        Path.GetRelativePath(root, entry.ToFullPath()).Replace(Path.DirectorySeparatorChar, '/') + (entry.IsDirectory ? "/" : "");
}
