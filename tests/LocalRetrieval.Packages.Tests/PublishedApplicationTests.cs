using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Packages.Tests;

/// <summary>Applications as they are deployed, each run from another folder: the models and the native library must be found.</summary>
[Collection(PackageFeedCollection.Name)]
public sealed partial class PublishedApplicationTests(PackageFeed feed)
{
    private static readonly ReadmeExample Console = ReadmeExample.Under("In a console application");

    private static string[] SelfContained => ["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "true"];

    [Fact]
    public async Task Publish_EachWay_FindsTheArticle()
    {
        Application application = await Application.CreateAsync(feed, "published", Console);

        (string plain, _) = await application.PublishAsync("plain");
        await AssertFindsAsync(plain);
        (string singleFile, _) = await application.PublishAsync("single-file", [.. SelfContained, "-p:PublishSingleFile=true"]);
        await AssertFindsAsync(singleFile);
        (string trimmed, string output) = await application.PublishAsync("trimmed", [.. SelfContained, "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false"]);
        Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "TrimWarnings.txt")), TrimWarnings(output));
        await AssertFindsAsync(trimmed);
    }

    [Fact]
    public async Task Publish_PackageReferencedByALibrary_FindsTheArticle()
    {
        ReadmeExample throughLibrary = Console with
        {
            Commands = $"""
                dotnet new classlib -o ../library
                (cd ../library; {string.Join("; ", Console.Commands.Split('\n').Where(line => line.StartsWith("dotnet add package", StringComparison.Ordinal)))})
                dotnet new console -o application
                cd application
                dotnet add reference ../../library
                """,
        };
        Application application = await Application.CreateAsync(feed, "chain", throughLibrary);

        (string executable, _) = await application.PublishAsync("chain", [.. SelfContained, "-p:PublishSingleFile=true"]);

        await AssertFindsAsync(executable);
    }

    private static async Task AssertFindsAsync(string executable) =>
        Assert.Matches(@"^2 documents indexed, 0 failed;.*\n\S+  retries\.md  Retries", await CommandLine.RunAsync(executable, Path.GetPathRoot(executable)!, []));

    // Each as its number and the member that it is about, sorted.
    private static IEnumerable<string> TrimWarnings(string output) => TrimWarning().Matches(output)
        .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")
        .Distinct()
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"warning (IL[0-9]+): ([^:]+):")]
    private static partial Regex TrimWarning();
}
