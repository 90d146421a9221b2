// A program outside of these namespaces needs each of them.
#pragma warning disable IDE0005

// snippet: usings
using LocalRetrieval;
using LocalRetrieval.Hosting;
using LocalRetrieval.Rag;
// end
using System.Globalization;
using System.Net;
using LocalRetrieval.Loading;
using LocalRetrieval.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Hosting.Tests.Docs;

/// <summary>The code of docs/hosting.md compiles, and runs here.</summary>
[Collection(nameof(WorkingDirectory))]
public sealed class HostingPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("local-retrieval-page-").FullName;

    [Fact]
    public void Page_Snippets_AreTheCompiledOnes()
    {
        string page = File.ReadAllText(Checkout.Path("docs", "hosting.md")).ReplaceLineEndings("\n");

        Assert.Equal(
            [$"{Snippet("usings")}\n\n{Snippet("builder")}\n\n{Snippet("application")}\napp.Run();", Snippet("keyed"), Snippet("refusing"), Snippet("overload"), Snippet("warm-up")],
            page.Split("```csharp\n").Skip(1).Select(part => part.Split("\n```")[0]));
    }

    [Fact]
    public async Task Program_OfThePage_AnswersFromItsFolders()
    {
        string[] args = ["--contentRoot", _folder, "--urls", "http://127.0.0.1:0"];
        string current = Directory.GetCurrentDirectory();
        Write("docs/bike.md", "Oil the chain every month.");
        Write("faq/hours.md", "The shop opens at nine.");

        // snippet: builder
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.AddLocalRetrieval("LocalRetrieval", options => options.CollectionName = "handbook");
        builder.Services.AddPassageSync("handbook", options => options.Folder = "docs");
        // end

        // snippet: keyed
        builder.AddKeyedLocalRetrieval("faq", "Faq", options => options.CollectionName = "faq");
        builder.Services.AddKeyedPassageSync("faq", "faq", options => options.Folder = "faq");
        // end

        // snippet: application
        WebApplication app = builder.Build();
        app.MapHealthChecks("/health");
        app.MapGet("/search", async (string q, IPassageRetriever retriever, CancellationToken cancellationToken) => string.IsNullOrWhiteSpace(q)
            ? Results.BadRequest("q is the question.")
            : Results.Ok(await retriever.RetrieveAsync(q, cancellationToken: cancellationToken)));
        // end

        Directory.SetCurrentDirectory(_folder);   // relative folders are paths from there
        await using (app)
        {
            await app.StartAsync();
            await app.Services.GetRequiredService<PassageSync>().ReadyAsync();
            await app.Services.GetRequiredKeyedService<PassageSync>("faq").ReadyAsync();
            using HttpClient client = new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
            RetrievalResult hours = await app.Services.GetRequiredKeyedService<IPassageRetriever>("faq").RetrieveAsync("When does the shop open?");

            Assert.Equal("Healthy", await client.GetStringAsync("/health"));
            Assert.Contains("bike.md", await client.GetStringAsync("/search?q=chain"), StringComparison.Ordinal);
            using HttpResponseMessage blank = await client.GetAsync("/search?q=%20");
            Assert.Equal(HttpStatusCode.BadRequest, blank.StatusCode);
            Assert.Equal("hours.md", Assert.Single(hours.Passages).Source);
            await app.StopAsync();
        }

        Directory.SetCurrentDirectory(current);
    }

    [Fact]
    public async Task Overload_OfThePage_IsAnsweredBy503()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.AddLocalRetrieval();

        // snippet: refusing
        builder.Services.Configure<LocalEmbeddingOptions>(options =>
        {
            options.Overload = OverloadBehavior.Throw;
            options.MaxQueuedTexts = 1_000;
        });
        // end

        await using WebApplication app = builder.Build();

        // snippet: overload
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (EncoderOverloadedException overloaded)
            {
                double seconds = overloaded.ExpectedWait?.TotalSeconds ?? 1;   // not known before the first run
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(seconds)).ToString(CultureInfo.InvariantCulture);
            }
        });
        // end

        app.MapGet("/", string () => throw new EncoderOverloadedException("model", 7, TimeSpan.FromSeconds(2.5)));
        app.MapGet("/unknown", string () => throw new EncoderOverloadedException("model", 7, expectedWait: null));
        await app.StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
        using HttpResponseMessage known = await client.GetAsync("/");
        using HttpResponseMessage unknown = await client.GetAsync("/unknown");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(3)), (known.StatusCode, known.Headers.RetryAfter?.Delta));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (unknown.StatusCode, unknown.Headers.RetryAfter?.Delta));
        Assert.Equal(1_000, app.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetRequiredService<EncoderInfo>().Execution!.MaxQueuedTexts);
        await app.StopAsync();
    }

    [Fact]
    public async Task WarmUp_OfThePage_LoadsInTheBackground()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);

        // snippet: warm-up
        builder.AddLocalRetrieval(configure: options =>
        {
            options.WarmUp = WarmUpMode.InBackground;
            options.EncoderHealth.UnhealthyQueueFill = 1;   // requests go to another instance while the queue is full
        });
        // end

        await using WebApplication app = builder.Build();
        await app.StartAsync();
        await HangGuard.UntilAsync(() => RegisteredEncoder.Of(app.Services).All(encoder => encoder.Model is { IsLoaded: true }));
        await app.StopAsync();
    }

    [Fact]
    public void Page_Thresholds_AreTheDefaults()
    {
        EncoderHealthOptions options = new();

        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), 0.8, null, false), (options.DegradedStall, options.UnhealthyStall, options.DegradedQueueFill, options.UnhealthyQueueFill, options.RequireLoaded));
        Assert.Equal(WarmUpMode.OnFirstUse, new LocalRetrievalHostingOptions().WarmUp);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Snippet(string name)
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Hosting.Tests", "Docs", "HostingPageTests.cs")).ReplaceLineEndings("\n");
        return source.Split($"// snippet: {name}\n")[1].Split("// end")[0].Replace("\n        ", "\n", StringComparison.Ordinal).Trim();
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
