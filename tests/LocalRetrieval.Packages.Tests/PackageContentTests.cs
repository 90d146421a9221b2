using System.Text.RegularExpressions;

namespace LocalRetrieval.Packages.Tests;

[Collection(PackageFeedCollection.Name)]
public sealed partial class PackageContentTests(PackageFeed feed)
{
    public static TheoryData<string> Ids => [.. PackageProjects.Ids];

    public static TheoryData<string> IdsWithAssembly => [.. PackageProjects.IdsWithAssembly];

    // NU1603: an exact dependency of others is served in a newer version only.
    [Fact]
    public void Pack_Checkout_GivesNoWarning() =>
        Assert.DoesNotContain(feed.PackOutput.Split('\n'), line => line.Contains("warning", StringComparison.OrdinalIgnoreCase) && !line.Contains("NU1603", StringComparison.Ordinal));

    [Fact]
    public void Pack_Checkout_GivesEveryPackageWithItsSymbols()
    {
        IEnumerable<string> expected = PackageProjects.Ids.Select(id => $"{id}.{feed.Version}.nupkg")
            .Concat(PackageProjects.IdsWithAssembly.Select(id => $"{id}.{feed.Version}.snupkg"));

        Assert.Equal(expected.Order(StringComparer.Ordinal), Directory.EnumerateFiles(feed.Packages).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Pack_Package_IsComplete(string id)
    {
        PackageFile package = PackageFile.Read(feed.Packages, id, feed.Version);

        Assert.Equal("README.md", package.Value("readme"));
        Assert.Equal("icon.png", package.Value("icon"));
        Assert.StartsWith("MIT", package.Value("license"), StringComparison.Ordinal);
        Assert.NotEmpty(package.Value("description")!);
        Assert.NotEmpty(package.Value("tags")!);
        Assert.Empty(new[] { "README.md", "icon.png", "NOTICE" }.Except(package.Files));
    }

    [Theory]
    [MemberData(nameof(IdsWithAssembly))]
    public void Pack_Package_HasItsAssemblyWithDocumentationAndSymbols(string id)
    {
        PackageFile package = PackageFile.Read(feed.Packages, id, feed.Version);
        string folder = PackageProjects.AssemblyFolder(id);

        Assert.Contains($"{folder}/{id}.dll", package.Files);
        Assert.Equal(!PackageProjects.IsTool(id), package.Files.Contains($"{folder}/{id}.xml"));
        Assert.Contains($"{folder}/{id}.pdb", PackageFile.Read(feed.Packages, id, feed.Version, "snupkg").Files);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Readme_OfPackage_HasTextAndNoRelativeLink(string id)
    {
        string readme = PackageFile.Read(feed.Packages, id, feed.Version).Text("README.md");

        Assert.StartsWith($"# {id}\n", readme, StringComparison.Ordinal);
        Assert.DoesNotMatch(RelativeLink(), readme);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Dependencies_OnPackageWhoseInternalsAreSeen_AreExact(string id)
    {
        Assert.All(PackageProjects.FriendsOf(id), friend =>
            Assert.Equal($"[{feed.Version}]", PackageFile.Read(feed.Packages, friend, feed.Version).Dependencies[id]));
    }

    [Fact]
    public void Pack_Models_HoldsEveryModelFile()
    {
        PackageFile package = PackageFile.Read(feed.Packages, "LocalRetrieval.Models", feed.Version);
        IEnumerable<string> expected = File.ReadLines(Checkout.Path("models", "SHA256SUMS")).Select(line => $"models/{line.Split("  ", 2)[1]}");

        Assert.Empty(expected.Append("models/NOTICE").Append("buildTransitive/LocalRetrieval.Models.targets").Except(package.Files));
    }

    [GeneratedRegex(@"\]\((?!https://)")]
    private static partial Regex RelativeLink();
}
