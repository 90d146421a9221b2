using System.Net;
using System.Text.Json;

namespace WebRag.Tests.Http;

/// <summary>Searching: what is found, under which filter, and why.</summary>
[Collection(ServerCollection.Name)]
public class SearchTests(ServerFixture fixture)
{
    [Fact]
    public async Task ASearchSaysWhatEachStageGave()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        JsonElement found = await visitor.PostJsonAsync("/api/search", new { query = "How fast does the blade of the bandsaw run in wood?" });
        JsonElement first = found.GetProperty("hits")[0];
        Assert.Equal("workshop/bandsaw.md", first.GetProperty("document").GetProperty("id").GetString());
        Assert.True(found.GetProperty("answers").GetBoolean());

        JsonElement trace = found.GetProperty("trace");
        string[] stages = [.. trace.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()!)];
        Assert.Superset(new HashSet<string>(["vector", "keyword", "reranker", "selection"]), stages.ToHashSet());
        JsonElement best = trace.GetProperty("candidates")[0];
        Assert.Equal(first.GetProperty("key").GetString(), best.GetProperty("key").GetString());
        Assert.Contains("bandsaw", best.GetProperty("words").EnumerateArray().Select(word => word.GetString()));
        double sum = best.GetProperty("scores").EnumerateArray().Sum(score => score.GetProperty("added").GetDouble());
        Assert.Equal(best.GetProperty("score").GetDouble(), sum, 9);
        Assert.Contains(trace.GetProperty("candidates").EnumerateArray(), candidate => candidate.GetProperty("omission").ValueKind == JsonValueKind.String);
    }

    [Theory]
    [InlineData("lending", null, null)]
    [InlineData(null, "pdf", null)]
    [InlineData(null, null, "bicycle")]
    [InlineData("repairs", "markdown", "safety")]
    public async Task FiltersHold(string? folder, string? type, string? tag)
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        foreach (string path in new[] { "/api/suggest", "/api/search" })
        {
            JsonElement found = await visitor.PostJsonAsync(path, new { query = "safety check before use", filter = new { folder, type, tag } });
            JsonElement[] documents = [.. found.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("document"))];
            Assert.NotEmpty(documents);
            Assert.All(documents, document =>
            {
                Assert.True(folder is null || document.GetProperty("folder").GetString() == folder);
                Assert.True(type is null || document.GetProperty("type").GetString() == type);
                Assert.True(tag is null || document.GetProperty("tags").EnumerateArray().Any(one => one.GetString() == tag));
            });
        }
    }

    [Fact]
    public async Task AFilterThatNothingPassesFindsNothing()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        JsonElement found = await visitor.PostJsonAsync("/api/search", new { query = "bandsaw", filter = new { folder = "no such folder" } });
        Assert.Equal(0, found.GetProperty("hits").GetArrayLength());
        Assert.False(found.GetProperty("answers").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task AQueryOfNothingIsRefused(string query)
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/api/search", new { query })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/api/chat", new { question = query })).StatusCode);
    }

    [Fact]
    public async Task AQueryThatIsTooLongIsRefused()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        using HttpResponseMessage response = await visitor.PostAsync("/api/search", new { query = new string('a', 501) });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("500", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"query\":1}")]
    [InlineData("{\"query\":\"a\",\"filter\":\"x\"}")]
    [InlineData("nothing")]
    public async Task WhatIsNoQueryIsRefused(string body)
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await visitor.Client.PostAsync("/api/search", content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    /// <summary>What the default threshold is good for on the corpus; CORPUS.md has the figures.</summary>
    [Fact]
    public async Task QuestionsThatTheCorpusAnswersAreAnswered()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        int answerable = 0, right = 0, answered = 0, far = 0, wrong = 0;
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "questions.jsonl")))
        {
            JsonElement question = JsonDocument.Parse(line).RootElement;
            string[] sources = [.. question.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("source").GetString()!)];
            JsonElement found = await visitor.PostJsonAsync("/api/search", new { query = question.GetProperty("question").GetString() });
            bool isAnswered = found.GetProperty("answers").GetBoolean();
            if (sources.Length > 0)
            {
                answerable++;
                answered += isAnswered ? 1 : 0;
                right += sources.Contains(found.GetProperty("hits")[0].GetProperty("document").GetProperty("id").GetString()) ? 1 : 0;
            }
            else if (string.CompareOrdinal(question.GetProperty("id").GetString(), "n12") <= 0)
            {
                far++;
                wrong += isAnswered ? 1 : 0;
            }
        }

        Assert.Equal((40, 12), (answerable, far));
        Assert.True(right >= 35, $"Only {right} of {answerable} questions have the right document first.");
        Assert.True(answered >= 38, $"Only {answered} of {answerable} questions are said to be answered.");
        Assert.True(wrong <= 1, $"{wrong} of {far} questions about something else are said to be answered.");
    }
}
