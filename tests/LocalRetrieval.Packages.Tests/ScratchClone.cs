namespace LocalRetrieval.Packages.Tests;

/// <summary>A clone of the checkout's last commit, to be changed at will.</summary>
internal sealed class ScratchClone : IDisposable
{
    /// <summary>The package that tests pack: it has no other one of ours below it, so it is packed in seconds.</summary>
    public const string Id = "LocalRetrieval.Abstractions";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("local-retrieval-clone-");

    private ScratchClone()
    {
    }

    public string Folder => Path.Combine(_root.FullName, "clone");

    /// <param name="remote">The address of origin; null for none.</param>
    public static async Task<ScratchClone> CreateAsync(string? remote)
    {
        ScratchClone clone = new();
        await CommandLine.RunAsync("git", Checkout.Path(), ["clone", "--quiet", "--shared", Checkout.Path(), clone.Folder]);
        await clone.GitAsync(remote is null ? ["remote", "remove", "origin"] : ["remote", "set-url", "origin", remote]);
        return clone;
    }

    public Task<string> GitAsync(params string[] arguments) => CommandLine.RunAsync("git", Folder, arguments);

    /// <summary>Packs the project of <see cref="Id"/> into a folder beside the clone.</summary>
    /// <returns>What packing said.</returns>
    public Task<string> PackAsync(string version, params string[] properties) => CommandLine.RunAsync("dotnet", Folder,
        ["pack", $"src/{Id}", "-o", Path.Combine(_root.FullName, "packages"), $"-p:Version={version}", CommandLine.WithoutAnalysis, .. properties],
        // A time for the entries of the archive: the same for everyone who packs the commit.
        new Dictionary<string, string> { ["SOURCE_DATE_EPOCH"] = "1700000000" });

    public string PackagePath(string version, string extension = "nupkg") => Path.Combine(_root.FullName, "packages", $"{Id}.{version}.{extension}");

    public PackageFile Package(string version, string extension = "nupkg") => PackageFile.Read(Path.Combine(_root.FullName, "packages"), Id, version, extension);

    public void Dispose()
    {
        // Objects of a repository are read-only, which does not keep Linux from deleting them.
        _root.Delete(recursive: true);
    }
}
