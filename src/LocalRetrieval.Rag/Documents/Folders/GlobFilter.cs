using Microsoft.Extensions.FileSystemGlobbing;

namespace LocalRetrieval.Rag;

/// <summary>Matches paths with the patterns of <see cref="FolderOptions"/>.</summary>
internal sealed class GlobFilter
{
    /// <summary>A name that no file has.</summary>
    private const string AnyName = "\u0001";

    private readonly Matcher? _include;
    private readonly Matcher? _exclude;

    public GlobFilter(FolderOptions options)
    {
        _include = Create(options.Include);
        _exclude = Create(options.Exclude);
    }

    /// <summary>Whether a file is taken.</summary>
    /// <param name="name">Its path from the folder, with <c>/</c> between the parts.</param>
    public bool Takes(string name) => (_include is null || Fits(_include, name)) && !(_exclude is not null && Fits(_exclude, name));

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
            string path = pattern.Replace('\\', '/').TrimEnd('/');
            string anywhere = path.Contains('/', StringComparison.Ordinal) ? path.TrimStart('/') : $"**/{path}";
            matcher.AddInclude(anywhere);
            matcher.AddInclude($"{anywhere}/**");
        }

        return matcher;
    }
}
