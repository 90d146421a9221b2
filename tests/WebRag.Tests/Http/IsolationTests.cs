using System.Net;
using System.Text;
using System.Text.Json;

namespace WebRag.Tests.Http;

/// <summary>What one visitor uploads or asks, another never sees, whatever they send.</summary>
[Collection(ServerCollection.Name)]
public class IsolationTests(ServerFixture fixture)
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("# Vault\n\nThe combination of the zinc vault is 4711, says Ottoline.");

    [Fact]
    public async Task AnotherVisitorsFileIsNotThere()
    {
        using Visitor ann = await fixture.Server.VisitAsync();
        using Visitor ben = await fixture.Server.VisitAsync();
        JsonElement upload = await ann.UploadAsync("vault.md", Secret);
        string id = upload.GetProperty("id").GetString()!;
        Assert.Equal("ready", upload.GetProperty("state").GetString());

        string[] paths =
        [
            $"/api/uploads/{id}",
            $"/api/documents/text?id={id}",
            $"/api/documents/text?id={Uri.EscapeDataString($"upload:{id}/vault.md")}",
        ];
        foreach (string path in paths)
        {
            using HttpResponseMessage response = await ben.Client.GetAsync(path);
            Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{path}: {response.StatusCode}");
        }

        using HttpResponseMessage deleted = await ben.Client.DeleteAsync($"/api/uploads/{id}");
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
        Assert.DoesNotContain(id, await ben.Client.GetStringAsync("/api/uploads"), StringComparison.Ordinal);
        Assert.DoesNotContain(id, await ben.Client.GetStringAsync("/api/documents"), StringComparison.Ordinal);
        Assert.Contains("4711", await ann.Client.GetStringAsync($"/api/documents/text?id={id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("uploads")]
    public async Task AnotherVisitorsFileIsNotFound(string? folder)
    {
        using Visitor ann = await fixture.Server.VisitAsync();
        using Visitor ben = await fixture.Server.VisitAsync();
        await ann.UploadAsync("vault.md", Secret);
        object search = new { query = "What is the combination of the zinc vault?", filter = new { folder } };
        object question = new { question = "What is the combination of the zinc vault?", filter = new { folder } };

        Assert.Contains("4711", (await ann.PostJsonAsync("/api/search", search)).ToString(), StringComparison.Ordinal);
        Assert.Contains(await ann.AskAsync(question), step => step.Data.ToString().Contains("4711", StringComparison.Ordinal));

        Assert.DoesNotContain("4711", (await ben.PostJsonAsync("/api/search", search)).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("4711", (await ben.PostJsonAsync("/api/suggest", search)).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(await ben.AskAsync(question), step => step.Data.ToString().Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnotherVisitorsConversationIsNotThere()
    {
        using Visitor ann = await fixture.Server.VisitAsync();
        using Visitor ben = await fixture.Server.VisitAsync();
        List<(string Name, JsonElement Data)> events = await ann.AskAsync(new { question = "How fast does the bandsaw run?" });
        string id = events[0].Data.GetProperty("conversation").GetString()!;

        Assert.Equal(HttpStatusCode.OK, (await ann.Client.GetAsync($"/api/conversations/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.Client.GetAsync($"/api/conversations/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.Client.DeleteAsync($"/api/conversations/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.PostAsync("/api/chat", new { question = "And in metal?", conversation = id })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ann.Client.GetAsync($"/api/conversations/{id}")).StatusCode);
    }

    [Fact]
    public async Task NoPathLeavesTheFolder()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        foreach (string id in new[] { "../appsettings.json", "/etc/passwd", "..\\..\\appsettings.json", "workshop/../../appsettings.json", "", " ", "\0" })
        {
            using HttpResponseMessage response = await visitor.Client.GetAsync($"/api/documents/text?id={Uri.EscapeDataString(id)}");
            Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"'{id}': {response.StatusCode}");
        }

        foreach (string path in new[] { "/../appsettings.json", "/%2e%2e/appsettings.json", "/..%2fappsettings.json", "/appsettings.json", "/corpus/data/price-list.csv", "/WebRag.dll" })
        {
            using HttpResponseMessage response = await visitor.Client.GetAsync(path);
            Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"'{path}': {response.StatusCode}");
        }
    }
}
