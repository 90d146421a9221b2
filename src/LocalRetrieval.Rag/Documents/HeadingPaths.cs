namespace LocalRetrieval.Rag;

/// <summary>How a heading path is written, and put before a passage.</summary>
internal static class HeadingPaths
{
    public const string Separator = " > ";

    /// <summary>The most of a heading that stands in a path; all of it stands in the text.</summary>
    private const int MaxHeading = 1024;

    /// <summary>What is embedded and reranked of a passage: heading path, newline, text.</summary>
    public static string Prepend(string? headingPath, string text) =>
        string.IsNullOrEmpty(headingPath) ? text : $"{headingPath}\n{text}";

    /// <summary>A heading path with a title on top, unless its first heading says the same.</summary>
    public static string? Under(string? title, string? path) =>
        string.IsNullOrEmpty(title) ? path
        : path is null ? title
        : path == title || path.StartsWith(title + Separator, StringComparison.Ordinal) ? path
        : title + Separator + path;

    /// <summary>The headings that all paths begin with; null where there are none.</summary>
    public static string? CommonOf(IReadOnlyList<string?> paths)
    {
        string[] common = paths[0]?.Split(Separator) ?? [];
        foreach (string? path in paths.Skip(1).Distinct())
        {
            common = common[..common.Zip(path?.Split(Separator) ?? []).TakeWhile(pair => pair.First == pair.Second).Count()];
        }

        return common.Length == 0 ? null : string.Join(Separator, common);
    }

    /// <summary>A heading or title as it stands in a path: clean, and cut where it is long.</summary>
    public static string Heading(string heading)
    {
        string clean = Clean(heading);
        return clean.Length <= MaxHeading ? clean : clean[..CharacterLimit.Cut(clean, MaxHeading)].TrimEnd();
    }

    /// <summary>A heading on one line, without white space at its ends.</summary>
    public static string Clean(string heading) =>
        string.Join(' ', heading.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
