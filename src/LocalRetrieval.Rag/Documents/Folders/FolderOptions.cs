namespace LocalRetrieval.Rag;

/// <summary>What of a folder is taken.</summary>
/// <remarks>
/// <para>A pattern without a slash is a name at any depth: <c>*.md</c>, <c>drafts</c>. One with a slash is a path from the folder, in which <c>*</c> stands for
/// a part of a name and <c>**</c> for any folders: <c>docs/**/*.md</c>, <c>drafts/**</c>. Case does not count. A pattern that a folder fits is one of all
/// that lies in it.</para>
/// <para>A link to what lies in the folder anyway is not followed; another is, once, under the link's name.</para>
/// </remarks>
public sealed class FolderOptions
{
    /// <summary>The defaults.</summary>
    public FolderOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public FolderOptions(FolderOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Include = other.Include;
        Exclude = other.Exclude;
        IncludeHidden = other.IncludeHidden;
        IncludeGenerated = other.IncludeGenerated;
        FollowLinksOutside = other.FollowLinksOutside;
        UseGitIgnore = other.UseGitIgnore;
    }

    /// <summary>Patterns of the files to take. A file that one of them takes and no reader claims is read as plain text where it is text.</summary>
    /// <value>The default is empty: every file that a reader claims.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">A pattern is null, empty or white space.</exception>
    public IReadOnlyList<string> Include { get; set => field = NoneBlank(value, nameof(Include)); } = [];

    /// <summary>Patterns of files and folders to leave out, also of those that <see cref="Include"/> takes.</summary>
    /// <value>The default is empty.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">A pattern is null, empty or white space.</exception>
    public IReadOnlyList<string> Exclude { get; set => field = NoneBlank(value, nameof(Exclude)); } = [];

    /// <summary>Whether files and folders count whose name starts with a dot, or that are marked as hidden.</summary>
    /// <value>The default is false.</value>
    public bool IncludeHidden { get; set; }

    /// <summary>Whether folders named .git and node_modules count, and those named bin and obj beside a project file.</summary>
    /// <value>The default is false.</value>
    public bool IncludeGenerated { get; set; }

    /// <summary>Whether links are followed that lead out of the folder.</summary>
    /// <value>The default is false.</value>
    public bool FollowLinksOutside { get; set; }

    /// <summary>Whether the files named .gitignore count, those of this folder and below.</summary>
    /// <value>The default is false.</value>
    public bool UseGitIgnore { get; set; }

    private static IReadOnlyList<string> NoneBlank(IReadOnlyList<string> patterns, string name)
    {
        ArgumentNullException.ThrowIfNull(patterns, name);
        foreach (string pattern in patterns)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(pattern, name);
        }

        return patterns;
    }
}
