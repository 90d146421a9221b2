using System.Text.Json;

namespace LocalRetrieval.Packages.Tests;

public sealed class SourceHostTests
{
    private const string Version = "0.0.1";
    private const string Address = "https://github.com/example/example";

    [Theory]
    [InlineData(null)]
    [InlineData("ssh://git@host.invalid/example.git")]
    public async Task Pack_WithoutSourceHost_EmbedsEverySourceAndNamesNoAddress(string? remote)
    {
        using ScratchClone clone = await ScratchClone.CreateAsync(remote);

        string output = await clone.PackAsync(Version);

        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        Assert.Null(clone.Package(Version).Value("projectUrl"));
        Assert.Null(clone.Package(Version).Repository("url"));
        using PortablePdb symbols = Symbols(clone);
        Assert.Null(symbols.SourceLink);
        Assert.NotEmpty(symbols.Documents);
        Assert.Empty(symbols.DocumentsWithoutSource);
    }

    [Fact]
    public async Task Pack_RemoteOnGitHub_MapsSourcesToTheCommit()
    {
        using ScratchClone clone = await ScratchClone.CreateAsync($"{Address}.git");
        string commit = (await clone.GitAsync("rev-parse", "HEAD")).Trim();

        string output = await clone.PackAsync(Version);

        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        PackageFile package = clone.Package(Version);
        Assert.Equal((Address, $"{Address}.git", commit), (package.Value("projectUrl"), package.Repository("url"), package.Repository("commit")));
        using PortablePdb symbols = Symbols(clone);
        JsonElement map = JsonDocument.Parse(symbols.SourceLink!).RootElement.GetProperty("documents");
        JsonProperty only = Assert.Single(map.EnumerateObject());
        Assert.Equal($"https://raw.githubusercontent.com/example/example/{commit}/*", only.Value.GetString());
        Assert.Contains(symbols.Documents, document => document == only.Name.Replace("*", $"src/{ScratchClone.Id}/Reranking/ITextReranker.cs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pack_AddressesGiven_AreTaken()
    {
        using ScratchClone clone = await ScratchClone.CreateAsync(remote: null);

        await clone.PackAsync(Version, "-p:PackageProjectUrl=https://project.invalid/", "-p:RepositoryUrl=https://repository.invalid/example.git");

        Assert.Equal("https://project.invalid/", clone.Package(Version).Value("projectUrl"));
        Assert.Equal("https://repository.invalid/example.git", clone.Package(Version).Repository("url"));
    }

    [Fact]
    public async Task Pack_SameCommitInAnotherFolder_GivesTheSameBytes()
    {
        using ScratchClone first = await ScratchClone.CreateAsync($"{Address}.git");
        using ScratchClone second = await ScratchClone.CreateAsync($"{Address}.git");

        await first.PackAsync(Version);
        await second.PackAsync(Version);

        Assert.Equal(await File.ReadAllBytesAsync(first.PackagePath(Version)), await File.ReadAllBytesAsync(second.PackagePath(Version)));
        Assert.Equal(await File.ReadAllBytesAsync(first.PackagePath(Version, "snupkg")), await File.ReadAllBytesAsync(second.PackagePath(Version, "snupkg")));
    }

    private static PortablePdb Symbols(ScratchClone clone) => new(clone.Package(Version, "snupkg").Content($"lib/net10.0/{ScratchClone.Id}.pdb"));
}
