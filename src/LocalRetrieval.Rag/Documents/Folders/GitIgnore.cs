using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>The rules of a folder's .gitignore and those above it.</summary>
internal sealed class GitIgnore
{
    /// <summary>More is no list of rules.</summary>
    private const int MaxLength = 1 << 20;

    private readonly string _folder;
    private readonly GitIgnoreRule[] _rules;
    private readonly GitIgnore? _above;

    /// <summary>The rules of one file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="folder">The path of its folder from the root, empty or ending with <c>/</c>.</param>
    /// <param name="above">The rules above it.</param>
    public GitIgnore(string text, string folder, GitIgnore? above)
    {
        _folder = ToBytes(folder);
        _above = above;
        _rules = [.. ToBytes(text.TrimStart('\uFEFF')).Split('\n').Select(GitIgnoreRule.Parse).OfType<GitIgnoreRule>().Reverse()];
    }

    /// <summary>The rules for what a folder holds; those above it where it has none of its own.</summary>
    public static GitIgnore? Read(string path, string folder, GitIgnore? above)
    {
        FileInfo file = new(Path.Combine(path, ".gitignore"));
        return file is { Exists: true, LinkTarget: null, Length: > 0 and <= MaxLength } ? new GitIgnore(File.ReadAllText(file.FullName, Encoding.UTF8), folder, above) : above;
    }

    /// <summary>Whether a file or folder is ignored, whose folder is not.</summary>
    /// <param name="name">Its path from the root.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Ignores(string name, bool isFolder)
    {
        string path = ToBytes(name);
        for (GitIgnore? file = this; file is not null; file = file._above)
        {
            // The last rule that fits decides, and the nearest file.
            if (Array.Find(file._rules, rule => rule.Fits(path.AsSpan(file._folder.Length), isFolder)) is { } rule)
            {
                return !rule.IsNegated;
            }
        }

        return false;
    }

    // Git matches bytes: each is a character here, so that one beyond ASCII takes as many question marks as it has bytes.
    private static string ToBytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
