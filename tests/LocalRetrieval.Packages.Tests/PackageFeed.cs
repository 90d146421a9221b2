using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Packages.Tests;

/// <summary>
/// All packages, packed once under a version of the run's own into a folder, and a place outside of the checkout for applications that
/// take them from that folder alone.
/// </summary>
public sealed partial class PackageFeed : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("local-retrieval-packages-");

    /// <summary>The version: none that was or will be released.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.{Random.Shared.Next(1000, 60000)}.{Random.Shared.Next(60000)}");

    /// <summary>The folder that the packages lie in.</summary>
    public string Packages => Path("packages");

    /// <summary>Where the checkout is built for the packages, apart from what else builds it.</summary>
    public string Artifacts => Path("artifacts");

    /// <summary>A folder for new applications.</summary>
    public string Applications => Path("applications");

    /// <summary>What packing said.</summary>
    public string PackOutput { get; private set; } = "";

    /// <summary>A package cache of the run's own, so that nothing of ours comes from an earlier run.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path("cache") };

    public string Path(string name) => System.IO.Path.Combine(_root.FullName, name);

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Applications);
        await File.WriteAllTextAsync(System.IO.Path.Combine(Applications, "nuget.config"), await ConfigureAsync());
        PackOutput = await CommandLine.RunAsync("dotnet", Checkout.Path(),
            ["pack", "src/Packages.slnf", "-o", Packages, $"-p:Version={Version}", "--artifacts-path", Artifacts, CommandLine.WithoutAnalysis]);
    }

    public Task DisposeAsync()
    {
        _root.Delete(recursive: true);
        return Task.CompletedTask;
    }

    // Beside the machine's own sources, which stay as they are. What the machine's package cache holds of others need not be fetched again.
    private static async Task<string> ConfigureAsync()
    {
        string sources = await CommandLine.RunAsync("dotnet", Checkout.Path(), ["nuget", "list", "source"]);
        string cache = await CommandLine.RunAsync("dotnet", Checkout.Path(), ["nuget", "locals", "global-packages", "--list"]);
        IEnumerable<string> usual = EnabledSource().Matches(sources).Select(match => $"""<packageSource key="{match.Groups[1].Value}"><package pattern="*" /></packageSource>""");
        return $"""
            <configuration>
              <packageSources><add key="packed" value="../packages" /></packageSources>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="LocalRetrieval*" /></packageSource>
                {string.Concat(usual)}
              </packageSourceMapping>
              <fallbackPackageFolders><add key="machine" value="{cache.Split(": ", 2)[1].Trim()}" /></fallbackPackageFolders>
            </configuration>
            """;
    }

    [GeneratedRegex(@"^ *[0-9]+\. +(.+) \[Enabled\]", RegexOptions.Multiline)]
    private static partial Regex EnabledSource();
}
