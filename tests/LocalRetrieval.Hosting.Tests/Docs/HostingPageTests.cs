using LocalRetrieval.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace LocalRetrieval.Hosting.Tests.Docs;

/// <summary>The code of docs/hosting.md compiles, and runs here.</summary>
public sealed class HostingPageTests
{
    [Fact]
    public async Task Page_Snippet_Runs()
    {
        string[] args = [];

        // snippet
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.AddLocalRetrieval("LocalRetrieval");
        // end

        using IHost host = builder.Build();
        await host.StartAsync();
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        await host.StopAsync();
        Assert.Equal(HealthStatus.Degraded, report.Entries["localretrieval"].Status);
        Assert.Contains("ready", report.Entries["localretrieval"].Tags);
    }

    [Fact]
    public void Page_Snippets_AreTheCompiledOnes()
    {
        string page = File.ReadAllText(Checkout.Path("docs", "hosting.md")).ReplaceLineEndings("\n");
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Hosting.Tests", "Docs", "HostingPageTests.cs")).ReplaceLineEndings("\n");
        string[] compiled = [.. source.Split("        // snippet\n").Skip(1).Select(part => part.Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal).Trim())];

        Assert.Equal(compiled, page.Split("```csharp\n").Skip(1).Select(part => part.Split("\n```")[0]));
    }
}
