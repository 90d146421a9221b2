using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>A line of a .gitignore.</summary>
internal sealed class GitIgnoreRule
{
    private readonly Regex _expression;
    private readonly bool _isPath;
    private readonly bool _isForFolders;

    private GitIgnoreRule(string pattern, bool isNegated, bool isForFolders)
    {
        IsNegated = isNegated;
        _isForFolders = isForFolders;
        _isPath = pattern.Contains('/', StringComparison.Ordinal);

        // Without backtracking, a pattern of many stars costs no more than the length of the name.
        _expression = new Regex(
            GitIgnorePattern.ToExpression(pattern.StartsWith('/') ? pattern[1..] : pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>Whether it takes back what a rule before it ignores.</summary>
    public bool IsNegated { get; }

    /// <summary>The rule of a line; null where the line has none.</summary>
    public static GitIgnoreRule? Parse(string line)
    {
        string pattern = TrimEnd(line.TrimEnd('\r'));
        if (pattern.Length == 0 || pattern[0] == '#')
        {
            return null;
        }

        bool isNegated = pattern[0] == '!';
        pattern = isNegated ? pattern[1..] : pattern;
        bool isForFolders = pattern.EndsWith('/');
        pattern = isForFolders ? pattern[..^1] : pattern;
        return pattern.Length == 0 || !GitIgnorePattern.IsValid(pattern) ? null : new GitIgnoreRule(pattern, isNegated, isForFolders);
    }

    /// <summary>Whether it is one of a file or folder.</summary>
    /// <param name="path">The path from the folder of the .gitignore.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Fits(ReadOnlySpan<char> path, bool isFolder) =>
        (isFolder || !_isForFolders) && _expression.IsMatch(_isPath ? path : path[(path.LastIndexOf('/') + 1)..]);

    // Spaces at the end do not count, but where a backslash keeps the first of them.
    private static string TrimEnd(string line)
    {
        int end = line.Length;
        while (end > 0 && line[end - 1] == ' ')
        {
            end--;
        }

        int slashes = 0;
        while (slashes < end && line[end - 1 - slashes] == '\\')
        {
            slashes++;
        }

        return line[..(slashes % 2 == 1 && end < line.Length ? end + 1 : end)];
    }
}
