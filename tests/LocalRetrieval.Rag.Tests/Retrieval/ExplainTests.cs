using System.Text.Json;
using System.Text.Json.Serialization;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>Why a passage is where it is, over a real store.</summary>
public sealed class ExplainTests : IAsyncLifetime, IDisposable
{
    private const string Query = "How do I stop the pumps of hall one?";

    private static readonly string[] Texts =
    [
        "The pump of hall one and the way to stop it", "The valve of hall two", "Error E-4711 stops the pump", "A manual of valves", "Oil for chains", "Chains and pumps",
        "The hall is closed in the winter and on holidays", "Nothing to be seen here", "The wings of the plane were tested in this hall", "One oil is not the other",
    ];

    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();
    private readonly Dictionary<string, string> _keys = [];
    private VectorStoreCollection<string, Passage>? _collection;

    public async Task InitializeAsync()
    {
        PassageIndexer indexer = new(_generator);
        _collection = await indexer.GetCollectionAsync(_store, "docs");
        (await indexer.IndexAsync(_collection, Texts.Select((text, index) => new SourceDocument($"{index}.txt", text)))).ThrowIfFailed();
        await foreach (Passage passage in _collection.GetAsync(passage => passage.Text != "", 100))
        {
            _keys.Add(passage.Source[..^4], passage.Key);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _collection?.Dispose();
        _store.Dispose();
        _generator.Dispose();
    }

    [Fact]
    public async Task ExplainAsync_NoKey_ExplainsWhatWasReturned()
    {
        RetrievalExplanation explanation = await Retriever(reranker: new FakeReranker(text => -text.Length)).ExplainAsync(Query, options: new RetrievalOptions { Top = 3 });

        Assert.Equal(explanation.Result.Passages, explanation.Passages.Select(passage => passage.Passage));
        Assert.All(explanation.Passages, passage =>
        {
            Assert.Equal((PassageOutcome.Returned, null), (passage.Outcome, passage.Reason));
            Assert.Equal(passage.Key, explanation.Result.Candidates[passage.FoundRank!.Value - 1].Key);
            Assert.Equal(passage.Passage!.Score, passage.Passage.Contributions.Sum(contribution => contribution.Value));
            Assert.Equal(["vector", "keyword", "reranker"], passage.Passage.Contributions.Select(contribution => contribution.Stage));
            AssertNumbers.Close([passage.Passage.Stage(RetrievalStage.Keyword)!.Value.Score], [passage.Matches!.Sum(match => match.Score)], 1e-6);
        });
    }

    [Fact]
    public async Task ExplainAsync_Returned_SaysTheWordsAndWhatRerankingChanged()
    {
        // The reranker likes the one that was found last of all.
        FakeReranker reranker = new(text => text.StartsWith("Error", StringComparison.Ordinal) ? 9 : 0);

        PassageExplanation passage = (await Retriever(options => options.RerankerWeight = 9, reranker).ExplainAsync(Query, _keys["2"], new RetrievalOptions { Top = 2 })).Of(_keys["2"])!;

        Assert.Equal((PassageOutcome.Returned, 1), (passage.Outcome, passage.Passage!.Rank));
        Assert.InRange(passage.FoundRank!.Value, 2, 10);
        Assert.Equal([("pumps", "pump"), ("stop", "stop")], passage.Matches!.Select(match => (match.Word, match.Term)).Order());
        Assert.All(passage.Matches!, match => Assert.Equal([nameof(Passage.Text)], match.Properties));
        Assert.Empty(passage.Asked);
    }

    [Fact]
    public async Task ExplainAsync_BeyondTopAndNotReranked_SaysSoAndWhatTheRerankerThinks()
    {
        PassageRetriever<string, Passage> retriever = Retriever(options => options.Reranked = 1, new FakeReranker(text => text.Length));

        PassageExplanation passage = (await retriever.ExplainAsync(Query, _keys["5"], new RetrievalOptions { Top = 1 })).Of(_keys["5"])!;

        Assert.Equal(PassageOutcome.Omitted, passage.Outcome);
        Assert.Matches(@"^its place is \d+, beyond Top, 1, and 'reranker' did not read it$", passage.Reason);
        Assert.Equal(passage.Passage!.Omission, passage.Reason);
        Assert.Equal([new StageScore { Stage = RetrievalStage.Reranker, Score = Texts[5].Length, Rank = 0 }], passage.Asked);
    }

    [Fact]
    public async Task ExplainAsync_BelowAThreshold_SaysTheFigures()
    {
        PassageExplanation passage = (await Retriever().ExplainAsync(Query, _keys["7"], new RetrievalOptions { MinimumVectorScore = 0.5 })).Of(_keys["7"])!;

        Assert.Equal(PassageOutcome.Omitted, passage.Outcome);
        Assert.Matches(@"^its vector score -?0(\.\d+)? is below MinimumVectorScore, 0.5$", passage.Reason);
    }

    [Fact]
    public async Task ExplainAsync_NotFound_SaysHowManyCandidatesItWouldTake()
    {
        PassageRetriever<string, Passage> retriever = Retriever(options => options.Candidates = 1, new FakeReranker(text => text.Length));
        RetrievalOptions one = new() { Top = 1 };

        PassageExplanation passage = (await retriever.ExplainAsync(Query, _keys["7"], one)).Of(_keys["7"])!;

        Assert.Equal((PassageOutcome.NotFound, null), (passage.Outcome, passage.FoundRank));
        Assert.Equal((Texts[7], 0), (passage.Passage!.Text, passage.Passage.Rank));
        Assert.True(double.IsNaN(passage.Passage.Score));
        Assert.Equal(["vector", "keyword", "reranker"], passage.Asked.Select(score => score.Stage));
        Assert.Equal((0, Texts[7].Length), (passage.Asked[1].Score, passage.Asked[2].Score));
        Assert.Empty(passage.Matches!);
        int needed = passage.CandidatesNeeded!.Value;
        Assert.Equal($"vector has it at place {needed}, beyond its 1 candidates; keyword does not find it at all", passage.Reason);

        Assert.Equal(PassageOutcome.NotFound, await OutcomeAsync(needed - 1));
        Assert.Equal(PassageOutcome.Omitted, await OutcomeAsync(needed));

        async Task<PassageOutcome> OutcomeAsync(int candidates) =>
            (await retriever.ExplainAsync(Query, _keys["7"], new RetrievalOptions { Top = 1, Candidates = candidates, Rerank = false })).Of(_keys["7"])!.Outcome;
    }

    [Fact]
    public async Task ExplainAsync_OneStageOrders_AsksNoOther()
    {
        PassageRetriever<string, Passage> retriever = Retriever(options => (options.OrderStage, options.Candidates) = ("keyword", 1), new FakeReranker());

        PassageExplanation passage = (await retriever.ExplainAsync(Query, _keys["7"], new RetrievalOptions { Top = 1 })).Of(_keys["7"])!;

        Assert.Equal(["keyword"], passage.Asked.Select(score => score.Stage));
        Assert.Equal("keyword does not find it at all", passage.Reason);
        Assert.Null(passage.CandidatesNeeded);
    }

    [Fact]
    public async Task ExplainAsync_HiddenByTheFilter_SaysTheSameAsOfAMissingKey()
    {
        PassageRetriever<string, Passage> retriever = Retriever(options => options.RequireFilter = true, new FakeReranker());

        // Of equal length and looks: only one of them exists.
        string missing = _keys["0"][..^1] + (_keys["0"][^1] == '0' ? '1' : '0');
        foreach (int candidates in (int[])[1, 50])
        {
            RetrievalOptions<Passage> asked = new() { Candidates = candidates, Top = 1, Filter = passage => passage.Source == "7.txt" || passage.Source == "1.txt" };

            string hidden = Bytes(await retriever.ExplainAsync(Query, _keys["0"], asked));

            Assert.Contains(nameof(PassageOutcome.Unknown), hidden, StringComparison.Ordinal);
            Assert.Equal(Bytes(await retriever.ExplainAsync(Query, missing, asked)), hidden.Replace(_keys["0"], missing, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task ExplainAsync_FilterRequired_IsRefusedWithoutOne() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Retriever(options => options.RequireFilter = true).ExplainAsync(Query, _keys["0"]));

    [Fact]
    public async Task ExplainAsync_ThroughMiddleware_IsHeldToItsFilterAndItsQuery()
    {
        IPassageRetriever<Passage> retriever = Retriever().AsBuilder().Use((inner, _) => new TenantRetriever(inner)).Build();

        RetrievalExplanation explanation = await retriever.ExplainAsync(Query, _keys["0"]);

        Assert.Equal(PassageOutcome.Unknown, explanation.Of(_keys["0"])!.Outcome);
        Assert.Equal(["valv", "hall"], explanation.Of(_keys["1"])!.Matches!.Select(match => match.Term).OrderDescending());
    }

    [Fact]
    public async Task ExplainAsync_RetrieverThatDoesNotExplain_IsRefusedByName()
    {
        NotSupportedException refusal = await Assert.ThrowsAsync<NotSupportedException>(() => new FakeRetriever().ExplainAsync("query", "key"));

        Assert.Contains("FakeRetriever gives no Explanations", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainAsync_CollectionWithoutWords_TellsNoMatches()
    {
        PassageRetriever<int, Note> retriever = new(new ScriptedCollection(("a", 0.9), ("b", 0.8), ("c", 0.3)).Object, _generator, null, new() { Mapping = Note.Mapping });

        RetrievalExplanation explanation = await retriever.ExplainAsync("a b", "2", new RetrievalOptions { Top = 1 });

        Assert.Equal([PassageOutcome.Returned, PassageOutcome.Omitted], explanation.Passages.Select(passage => passage.Outcome));
        Assert.All(explanation.Passages, passage => Assert.Null(passage.Matches));
    }

    [Fact]
    public async Task ExplainAsync_KeyThatIsNoneOfItsType_IsUnknown()
    {
        PassageRetriever<int, Note> retriever = new(new ScriptedCollection(("a", 0.9)).Object, _generator, null, new() { Mapping = Note.Mapping });

        Assert.Equal(PassageOutcome.Unknown, (await retriever.ExplainAsync("a", "no number")).Of("no number")!.Outcome);
    }

    [Fact]
    public async Task RetrieveAsync_NotAsked_ExplainsNothing() => Assert.Null((await Retriever().RetrieveAsync(Query)).Explanations);

    private static string Bytes(RetrievalExplanation explanation) => JsonSerializer.Serialize(
        new { explanation.Passages, explanation.Result.Query, explanation.Result.Candidates, Found = explanation.Result.Passages, explanation.Result.Notes }, Options);

    private PassageRetriever<string, Passage> Retriever(Action<PassageRetrieverOptions<Passage>>? configure = null, ITextReranker? reranker = null)
    {
        PassageRetrieverOptions<Passage> options = new();
        configure?.Invoke(options);
        return new PassageRetriever<string, Passage>(_collection!, _generator, reranker, options);
    }

    /// <summary>Middleware that lets its caller see two documents, and asks for others than it was asked.</summary>
    private sealed class TenantRetriever(IPassageRetriever<Passage> inner) : DelegatingPassageRetriever<Passage>(inner)
    {
        public override Task<RetrievalResult<Passage>> RetrieveAsync(string query, RetrievalOptions<Passage>? options = null, CancellationToken cancellationToken = default)
        {
            RetrievalOptions<Passage> own = options!.Clone();
            own.Filter = passage => passage.Source == "7.txt" || passage.Source == "1.txt";
            return base.RetrieveAsync("the valves of the hall", own, cancellationToken);
        }
    }
}
