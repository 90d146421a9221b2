using System.Text.Json;

namespace WebRag.Tests.Http;

/// <summary>What is found while one types is kept for whoever types the same and may see the same.</summary>
[Collection(ServerCollection.Name)]
public class SuggestionTests(ServerFixture fixture)
{
    [Fact]
    public async Task WhatIsTypedAgainIsNotSearchedAgain()
    {
        using Visitor first = await fixture.Server.VisitAsync();
        using Visitor second = await fixture.Server.VisitAsync();
        string query = $"how long may a drill be kept {Guid.NewGuid():N}";
        JsonElement found = await first.PostJsonAsync("/api/suggest", new { query });
        JsonElement again = await second.PostJsonAsync("/api/suggest", new { query });
        Assert.DoesNotContain("cache", Stages(found));
        Assert.Contains("cache", Stages(again));
        Assert.DoesNotContain("vector", Stages(again));
        Assert.Equal(found.GetProperty("hits").GetRawText(), again.GetProperty("hits").GetRawText());
    }

    [Fact]
    public async Task WhatAVisitorSentIsFoundAtOnceAndByNobodyElse()
    {
        using Visitor owner = await fixture.Server.VisitAsync();
        using Visitor other = await fixture.Server.VisitAsync();
        const string Query = "the marmalade of the lighthouse";
        Assert.DoesNotContain("marmalade.md", Names(await owner.PostJsonAsync("/api/suggest", new { query = Query })));
        await owner.UploadAsync("marmalade.md", "The marmalade of the lighthouse is made in February."u8.ToArray());
        Assert.Equal("marmalade.md", Names(await owner.PostJsonAsync("/api/suggest", new { query = Query }))[0]);
        Assert.Equal("marmalade.md", Names(await owner.PostJsonAsync("/api/suggest", new { query = Query }))[0]);
        Assert.DoesNotContain("marmalade.md", Names(await other.PostJsonAsync("/api/suggest", new { query = Query })));
        Assert.DoesNotContain("marmalade.md", Names(await other.PostJsonAsync("/api/suggest", new { query = Query })));
    }

    private static string[] Names(JsonElement found) => [.. found.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("document").GetProperty("name").GetString()!)];

    private static string[] Stages(JsonElement found) => [.. found.GetProperty("trace").GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()!)];
}
