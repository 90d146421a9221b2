using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace WebRag.Tests.Http;

/// <summary>Answers without a model: the order of their events, their sources, and conversations that go on.</summary>
[Collection(ServerCollection.Name)]
public class ChatTests(ServerFixture fixture)
{
    [Fact]
    public async Task AnAnswerComesInOrderAndCitesWhatCanBeOpened()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        List<(string Name, JsonElement Data)> events = await visitor.AskAsync(new { question = "What happens when only one helper turns up for the desk?" });
        Assert.Equal("start", events[0].Name);
        Assert.Equal("found", events[1].Name);
        Assert.Equal("end", events[^1].Name);
        Assert.All(events[2..^1], step => Assert.Equal("text", step.Name));
        string text = string.Concat(events[2..^1].Select(step => step.Data.GetProperty("text").GetString()));

        JsonElement[] sources = [.. events[^1].Data.GetProperty("sources").EnumerateArray()];
        Assert.NotEmpty(sources);
        Assert.Equal(JsonValueKind.Null, events[^1].Data.GetProperty("error").ValueKind);
        foreach (JsonElement source in sources)
        {
            Assert.Contains($"[{source.GetProperty("number").GetInt32()}]", text, StringComparison.Ordinal);
            string document = Uri.EscapeDataString(source.GetProperty("document").GetProperty("id").GetString()!);
            string key = source.GetProperty("key").GetString()!;
            JsonElement part = await visitor.Client.GetFromJsonAsync<JsonElement>($"/api/documents/text?id={document}&around={key}&count=3");
            JsonElement passage = Assert.Single(part.GetProperty("passages").EnumerateArray(), passage => passage.GetProperty("key").GetString() == key);
            Assert.Equal(source.GetProperty("text").GetString(), passage.GetProperty("text").GetString());
        }
    }

    [Fact]
    public async Task WhatNothingAnswersIsSaidToBeSo()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        List<(string Name, JsonElement Data)> events = await visitor.AskAsync(new { question = "How long do I boil spaghetti so that it stays firm?" });
        Assert.Equal(0, events.Single(step => step.Name == "found").Data.GetProperty("hits").GetArrayLength());
        Assert.Equal(0, events[^1].Data.GetProperty("sources").GetArrayLength());
        Assert.Contains("Nothing was found", string.Concat(events.Where(step => step.Name == "text").Select(step => step.Data.GetProperty("text").GetString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AConversationGoesOnAndIsKept()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        List<(string Name, JsonElement Data)> first = await visitor.AskAsync(new { question = "How fast does the blade of the bandsaw run in wood?" });
        string conversation = first[0].Data.GetProperty("conversation").GetString()!;
        List<(string Name, JsonElement Data)> second = await visitor.AskAsync(new { question = "And in soft metals?", conversation });
        JsonElement found = second.Single(step => step.Name == "found").Data;
        Assert.Contains("bandsaw", found.GetProperty("searchedFor").GetString(), StringComparison.Ordinal);
        Assert.Equal("workshop/bandsaw.md", found.GetProperty("hits")[0].GetProperty("document").GetProperty("id").GetString());

        JsonElement kept = await visitor.Client.GetFromJsonAsync<JsonElement>($"/api/conversations/{conversation}");
        Assert.Equal(["How fast does the blade of the bandsaw run in wood?", "And in soft metals?"], kept.EnumerateArray().Select(turn => turn.GetProperty("question").GetString()));
        Assert.All(kept.EnumerateArray(), turn => Assert.Equal("whole", turn.GetProperty("state").GetString()));
        Assert.True(kept[1].GetProperty("sources").GetArrayLength() > 0);

        Assert.Equal(HttpStatusCode.NoContent, (await visitor.Client.DeleteAsync($"/api/conversations/{conversation}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Client.GetAsync($"/api/conversations/{conversation}")).StatusCode);
    }

    [Fact]
    public async Task QuotesAreOfWhatWasFoundForTheQuestionAlone()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        string? conversation = null;
        foreach (string question in new[] { "What is the fine for amber items?", "How long may I keep power tools?", "When is the workshop open on Thursday?" })
        {
            List<(string Name, JsonElement Data)> events = await visitor.AskAsync(new { question, conversation });
            conversation = events[0].Data.GetProperty("conversation").GetString();
            string[] found = [.. events.Single(step => step.Name == "found").Data.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("key").GetString()!)];
            Assert.All(events[^1].Data.GetProperty("sources").EnumerateArray(), source => Assert.Contains(source.GetProperty("key").GetString(), found));
        }
    }
}
