using System.IO.Enumeration;
using Microsoft.Extensions.FileSystemGlobbing;

namespace LocalRetrieval.Rag;

/// <summary>Matches paths with the patterns of <see cref="FolderOptions"/>.</summary>
internal sealed class GlobFilter
{
    /// <summary>A name that no file has.</summary>
    private const string AnyName = "\u0001";

    private readonly Matcher? _include;
    private readonly Matcher? _exclude;
    private readonly string[][] _includes;

    public GlobFilter(FolderOptions options)
    {
        _include = Create(options.Include);
        _exclude = Create(options.Exclude);
        _includes = [.. options.Include.Select(pattern => Rooted(pattern).Split('/'))];
    }

    /// <summary>Whether a file is taken.</summary>
    /// <param name="name">Its path from the folder, with <c>/</c> between the parts.</param>
    public bool Takes(string name) => (_include is null || Fits(_include, name)) && !(_exclude is not null && Fits(_exclude, name));

    /// <summary>Whether files that are taken may lie in a folder, going by its name.</summary>
    public bool MayHold(string folder) =>
        !LeavesOut(folder) && (_includes.Length == 0 || Array.Exists(_includes, include => MayHold(include, folder.Split('/'))));

    /// <summary>Whether all in a folder is left out.</summary>
    public bool LeavesOut(string folder) =>
        _exclude is not null && (Fits(_exclude, folder) || (Fits(_exclude, $"{folder}/{AnyName}") && Fits(_exclude, $"{folder}/{AnyName}/{AnyName}/{AnyName}")));

    private static bool Fits(Matcher matcher, string name) => matcher.Match("/", name).HasMatches;

    private static Matcher? Create(IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0)
        {
            return null;
        }

        Matcher matcher = new(StringComparison.OrdinalIgnoreCase);
        foreach (string pattern in patterns)
        {
            string path = Rooted(pattern);
            matcher.AddInclude(path);
            matcher.AddInclude($"{path}/**");
        }

        return matcher;
    }

    /// <summary>A pattern from the folder on; a name by itself stands anywhere.</summary>
    private static string Rooted(string pattern)
    {
        string path = pattern.Replace('\\', '/').TrimEnd('/');
        return path.Contains('/', StringComparison.Ordinal) ? path.TrimStart('/') : $"**/{path}";
    }

    private static bool MayHold(string[] include, string[] folder)
    {
        for (int part = 0; part < Math.Min(include.Length, folder.Length) && include[part] is not "**"; part++)
        {
            if (!FileSystemName.MatchesSimpleExpression(include[part], folder[part]))
            {
                return false;
            }
        }

        return true;
    }
}
