namespace LocalRetrieval.Packages.Tests;

/// <summary>Holds packages against those of the last tag of a repository, vMAJOR.MINOR.PATCH.</summary>
internal static class Baseline
{
    /// <summary>The last tag before the commit that is checked out, or null.</summary>
    public static async Task<string?> LastTagAsync(string repository)
    {
        string tags = await CommandLine.RunAsync("git", repository, ["tag", "--merged", "HEAD", "--list", "v[0-9]*", "--sort=-version:refname"]);
        return tags.Split('\n')[0] is { Length: > 0 } tag ? tag : null;
    }

    /// <summary>Packs a tag's commit, then what is in the repository's folder now, validated against it.</summary>
    /// <param name="repository">The repository's folder.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="project">What to pack: a project or a solution.</param>
    /// <exception cref="InvalidOperationException">Packing failed, or a package breaks what the tag's package gave.</exception>
    public static async Task ValidateAsync(string repository, string tag, string project)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("local-retrieval-baseline-");
        try
        {
            (string source, string packages) = (Path.Combine(root.FullName, "source"), Path.Combine(root.FullName, "packages"));
            string version = tag[1..];
            await CommandLine.RunAsync("git", repository, ["clone", "--quiet", "--shared", "--branch", tag, repository, source]);
            await CommandLine.RunAsync("dotnet", source, ["pack", project, "-o", packages, $"-p:Version={version}", CommandLine.WithoutAnalysis]);
            await CommandLine.RunAsync("dotnet", repository,
                ["pack", project, "-o", Path.Combine(root.FullName, "now"), "--artifacts-path", Path.Combine(root.FullName, "artifacts"),
                    $"-p:BaselinePackages={packages}", $"-p:PackageValidationBaselineVersion={version}", CommandLine.WithoutAnalysis]);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
