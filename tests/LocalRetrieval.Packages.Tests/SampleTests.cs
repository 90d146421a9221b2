using System.Runtime.InteropServices;

namespace LocalRetrieval.Packages.Tests;

/// <summary>The sample as it is deployed, run from another folder.</summary>
[Collection(PackageFeedCollection.Name)]
public sealed class SampleTests(PackageFeed feed)
{
    [Theory]
    [InlineData("plain")]
    [InlineData("self-extracting", "-p:PublishSingleFile=true", "-p:IncludeAllContentForSelfExtract=true")]
    public async Task Publish_Sample_AnswersFromItsHandbook(string name, params string[] options)
    {
        string folder = feed.Path($"sample-{name}");
        await CommandLine.RunAsync("dotnet", Checkout.Path(),
            ["publish", "samples/ConsoleRag", "-c", "Release", "-o", folder, $"-p:Version={feed.Version}", "--artifacts-path", feed.Artifacts,
                "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", CommandLine.WithoutAnalysis, .. options]);

        string output = await CommandLine.RunAsync(Path.Combine(folder, "ConsoleRag"), Path.GetPathRoot(folder)!,
            ["--question", "What is a missing intermediate certificate?", "--top", "3", "--candidates", "10"],
            new Dictionary<string, string> { ["OPENAI_API_KEY"] = "" });

        Assert.Contains("tls-handshakes.md", output, StringComparison.Ordinal);
    }
}
