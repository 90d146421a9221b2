namespace LocalRetrieval.Rag;

/// <summary>Paths without links in them.</summary>
internal static class RealPath
{
    /// <summary>So many links in one path are a circle.</summary>
    private const int MaxLinks = 40;

    /// <summary>How paths are compared on this platform.</summary>
    public static StringComparison Comparison { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Follows all links of a path; null where they lead in a circle.</summary>
    /// <param name="path">A full path; what does not exist is taken as it is.</param>
    public static string? Resolve(string path)
    {
        string root = Path.GetPathRoot(path)!;
        string resolved = root;
        Stack<string> parts = Split(path[root.Length..]);
        for (int links = 0; parts.TryPop(out string? part);)
        {
            if (part == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? resolved;
                continue;
            }

            string next = Path.Combine(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            string targetRoot = Path.GetPathRoot(target)!;
            resolved = targetRoot.Length > 0 ? targetRoot : resolved;
            foreach (string inner in Split(target[targetRoot.Length..]).Reverse())
            {
                parts.Push(inner);
            }
        }

        return resolved;
    }

    /// <summary>Whether a real path is a folder's or lies in it.</summary>
    public static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, Comparison) && (path.Length == folder.Length || folder.EndsWith(Path.DirectorySeparatorChar) || path[folder.Length] == Path.DirectorySeparatorChar);

    // The first part on top.
    private static Stack<string> Split(string path) =>
        new(path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse());
}
