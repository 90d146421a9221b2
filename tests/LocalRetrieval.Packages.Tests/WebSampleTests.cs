using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Packages.Tests;

/// <summary>The web application as it is deployed: nobody's user, nothing to write to but a temporary folder in memory.</summary>
[Collection(PackageFeedCollection.Name)]
public sealed class WebSampleTests(PackageFeed feed)
{
    /// <summary>The program on a file system that is read-only, with a fresh /tmp, as the user nobody and without the variables of whoever runs the tests.</summary>
    private const string Isolated = """
        set -e
        mount --make-rprivate /
        mount --bind "$1" /mnt
        mount -o remount,bind,ro /mnt
        mount -t tmpfs tmpfs /tmp
        mount -o remount,bind,ro /
        shift
        cd /
        exec setpriv --reuid=65534 --regid=65534 --clear-groups env -i PATH="$PATH" DOTNET_ROOT="$DOTNET_ROOT" DOTNET_EnableDiagnostics=0 dotnet /mnt/WebRag.dll "$@"
        """;

    [ReadOnlyFact]
    public async Task Publish_WebRag_AnswersOnAReadOnlyFileSystem()
    {
        string folder = feed.Path("web");
        await CommandLine.RunAsync("dotnet", Checkout.Path(),
            ["publish", "samples/WebRag", "-c", "Release", "-o", folder, $"-p:Version={feed.Version}", "--artifacts-path", feed.Artifacts, CommandLine.WithoutAnalysis]);

        using WebServer server = await WebServer.StartAsync("unshare", "/", arguments: ["--mount", "sh", "-c", Isolated, "sh", folder]);
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health/live"));
        Assert.Contains("<main", await server.Client.GetStringAsync("/"), StringComparison.Ordinal);
        server.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", (await server.Client.GetFromJsonAsync<JsonElement>("/api/session")).GetProperty("token").GetString());
        await server.Client.GetStringAsync("/api/library/events");
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health/ready"));

        using HttpRequestMessage upload = new(HttpMethod.Post, "/api/uploads") { Content = new ByteArrayContent("# Samovar\n\nThe samovar stands in the third cupboard."u8.ToArray()) };
        upload.Headers.Add("X-File-Name", "samovar.md");
        using HttpResponseMessage sent = await server.Client.SendAsync(upload);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        string id = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        while (await server.Client.GetStringAsync($"/api/uploads/{id}") is var state && !state.Contains("\"ready\"", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("refused", state, StringComparison.Ordinal);
            await Task.Delay(50);
        }

        using StringContent question = new("""{"question":"Where does the samovar stand?"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await server.Client.PostAsync("/api/chat", question);
        Assert.Contains("third", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // Nothing tried to write where it may not, and ONNX Runtime does not prepare to report.
        string written = await server.StopAsync();
        Assert.DoesNotContain("Read-only", written, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("denied", written, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("telemetry", written, StringComparison.OrdinalIgnoreCase);
    }
}
