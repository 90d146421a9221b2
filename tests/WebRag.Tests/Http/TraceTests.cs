using System.Text.Json;

namespace WebRag.Tests.Http;

/// <summary>Why passages are there, and others are not, in words for whoever reads it.</summary>
[Collection(ServerCollection.Name)]
public class TraceTests(ServerFixture fixture)
{
    private static readonly string[] Inner = ["MinimumRelevance", "beyond Top", "upload:"];

    [Fact]
    public async Task WhatASearchLeavesOutIsTold()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        JsonElement trace = (await visitor.PostJsonAsync("/api/search", new { query = "How fast does the blade of the bandsaw run in wood?" })).GetProperty("trace");
        JsonElement[] candidates = [.. trace.GetProperty("candidates").EnumerateArray()];
        Assert.Contains("not among the first 8", candidates.Select(candidate => candidate.GetProperty("omission").GetString()));
        Assert.All(candidates, candidate => Assert.InRange(candidate.GetProperty("excerpt").GetString()!.Length, 1, 91));
        Assert.Equal(0.008, trace.GetProperty("minimumRelevance").GetDouble());
    }

    [Fact]
    public async Task WhatAnAnswerLeavesOutIsTold()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        List<(string Name, JsonElement Data)> events = await visitor.AskAsync(new { question = "How fast does the blade of the bandsaw run in wood?" });
        string[] omissions = Omissions(events.Single(step => step.Name == "found").Data);
        Assert.Contains("below the relevance that is needed", omissions);
        Assert.All(omissions, omission => Assert.DoesNotContain(Inner, inner => omission.Contains(inner, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhatIsThereTwiceIsNamedAsTheVisitorNamedIt()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        await visitor.UploadAsync("one.md", "The lighthouse keeper is called Ottilie and feeds the gulls at dawn."u8.ToArray());
        await visitor.UploadAsync("two.md", "The lighthouse keeper is called Ottilie and feeds the gulls at dawn."u8.ToArray());
        string[] omissions = Omissions(await visitor.PostJsonAsync("/api/search", new { query = "Who feeds the gulls?" }));
        Assert.Contains(omissions, omission => omission is "says the same as a passage of one.md" or "says the same as a passage of two.md");
    }

    private static string[] Omissions(JsonElement response) =>
        [.. response.GetProperty("trace").GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("omission").GetString()).OfType<string>()];
}
