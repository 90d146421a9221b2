using System.Text.Json;

namespace LocalRetrieval.Abstractions.Tests.Retrieval;

public sealed class RetrievalResultTests
{
    private static readonly RetrievedPassage<Document> Passage = new(new Document { ContentHash = "abc", Vector = new float[] { 1, 2 } })
    {
        Key = "key-0",
        Text = "Oil the chain.",
        Source = "bike.md",
        HeadingPath = "Care > Chain",
        Offset = 12,
        Length = 14,
        Score = 0.5,
        Rank = 1,
        Stages = [new() { Stage = RetrievalStage.Vector, Score = 0.75, Rank = 2 }, new() { Stage = RetrievalStage.Reranker, Score = double.NaN, Rank = 1 }],
        Contributions = [new() { Stage = RetrievalStage.Vector, Weight = 1, Standard = 0.5, Value = 0.5 }],
    };

    private static readonly RetrievalResult<Document> Result = new("How?", [Passage])
    {
        Candidates = [Passage, Passage],
        Timings = [new() { Stage = "embed", Elapsed = TimeSpan.FromMilliseconds(1.25) }, new() { Stage = RetrievalStage.Vector, Elapsed = TimeSpan.FromSeconds(2) }],
    };

    private const string WebJson =
        """
        {"query":"How?","passages":[{"text":"Oil the chain.","source":"bike.md","headingPath":"Care \u003E Chain","offset":12,"length":14,"score":0.5,"rank":1,"stages":[{"stage":"vector","score":0.75,"rank":2},{"stage":"reranker","score":"NaN","rank":1}],"contributions":[{"stage":"vector","weight":1,"standard":0.5,"value":0.5}],"alsoIn":[]}],"timings":[{"stage":"embed","elapsed":"00:00:00.0012500"},{"stage":"vector","elapsed":"00:00:02"}]}
        """;

    [Fact]
    public void Serialize_Web_HasWhatWasFoundAndNothingOfTheRecords()
    {
        Assert.Equal(WebJson, JsonSerializer.Serialize(Result, JsonSerializerOptions.Web));
        Assert.Equal(WebJson, JsonSerializer.Serialize<RetrievalResult>(Result, JsonSerializerOptions.Web));
    }

    [Fact]
    public void Serialize_Default_HasTheSameByTheirOwnNames() => Assert.Equal(
        """
        {"Query":"How?","Passages":[{"Text":"Oil the chain.","Source":"bike.md","HeadingPath":"Care \u003E Chain","Offset":12,"Length":14,"Score":0.5,"Rank":1,"Stages":[{"Stage":"vector","Score":0.75,"Rank":2},{"Stage":"reranker","Score":"NaN","Rank":1}],"Contributions":[{"Stage":"vector","Weight":1,"Standard":0.5,"Value":0.5}],"AlsoIn":[]}],"Timings":[{"Stage":"embed","Elapsed":"00:00:00.0012500"},{"Stage":"vector","Elapsed":"00:00:02"}]}
        """,
        JsonSerializer.Serialize(Result));

    [Fact]
    public void Deserialize_WhatWasWritten_GivesTheSame()
    {
        RetrievalResult read = JsonSerializer.Deserialize<RetrievalResult>(WebJson, JsonSerializerOptions.Web)!;

        Assert.Equal("How?", read.Query);
        Assert.Equal(Result.Timings, read.Timings);
        RetrievedPassage passage = Assert.Single(read.Passages);
        Assert.Equal(
            (Passage.Text, Passage.Source, Passage.HeadingPath, Passage.Offset, Passage.Length, Passage.Score, Passage.Rank),
            (passage.Text, passage.Source, passage.HeadingPath, passage.Offset, passage.Length, passage.Score, passage.Rank));
        Assert.Equal(Passage.Stages, passage.Stages);
        Assert.Equal(Passage.Contributions, passage.Contributions);
        Assert.Equal(WebJson, JsonSerializer.Serialize(read, JsonSerializerOptions.Web));
    }

    [Fact]
    public void Serialize_RewrittenQuery_SaysWhatWasSearchedAndWhatFailed()
    {
        RetrievalResult result = new("And it?", [])
        {
            SearchQuery = "How is the chain oiled?",
            Queries = ["chain oil"],
            HypotheticalDocuments = ["Oil it."],
            Notes = [new() { Stage = RetrievalStage.QueryRewriting, Text = "Rewritten." }, new() { Stage = RetrievalStage.MultiQuery, Text = "Failed.", IsFailure = true }],
            IsSkipped = true,
        };

        string json = JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
        RetrievalResult read = JsonSerializer.Deserialize<RetrievalResult>(json, JsonSerializerOptions.Web)!;

        Assert.Equal(
            """
            {"query":"And it?","passages":[],"timings":[],"searchQuery":"How is the chain oiled?","queries":["chain oil"],"hypotheticalDocuments":["Oil it."],"notes":[{"stage":"query-rewriting","text":"Rewritten."},{"stage":"multi-query","text":"Failed.","isFailure":true}],"isSkipped":true}
            """,
            json);
        Assert.Equal(result.Notes, read.Notes);
        Assert.Equal((result.SearchQuery, result.IsSkipped), (read.SearchQuery, read.IsSkipped));
    }

    [Fact]
    public void With_ThroughTheBaseType_KeepsTheRecordsAndAllElse()
    {
        RetrievalResult asked = Result with { Query = "Asked?", SearchQuery = Result.Query };

        RetrievalResult<Document> typed = Assert.IsType<RetrievalResult<Document>>(asked);
        Assert.Equal(("Asked?", "How?"), (typed.Query, typed.SearchQuery));
        Assert.Same(Passage.Record, typed.Passages[0].Record);
        Assert.Equal((Result.Candidates, Result.Timings), (typed.Candidates, typed.Timings));
    }

    [Fact]
    public void ToString_Result_GivesFigures()
    {
        Assert.Equal("1 passages of 2 candidates (embed 1.3 ms, vector 2000.0 ms)", Result.ToString());
        Assert.Equal("0 passages of 0 candidates", new RetrievalResult("q", []).ToString());
    }

    private sealed class Document
    {
        public string ContentHash { get; set; } = "";

        public ReadOnlyMemory<float> Vector { get; set; }
    }
}
