using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>Vectors and words over a real store: what one finds, the other scores.</summary>
public sealed class KeywordStageTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] Texts =
        ["The pump of hall one", "The valve of hall two", "Error E-4711 stops the pump", "A manual of valves", "Oil for chains", "Chains and pumps"];

    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();
    private VectorStoreCollection<string, Passage>? _collection;

    public async Task InitializeAsync()
    {
        PassageIndexer indexer = new(_generator);
        _collection = await indexer.GetCollectionAsync(_store, "docs");
        (await indexer.IndexAsync(_collection, Texts.Select((text, index) => new SourceDocument($"{index}.txt", text)))).ThrowIfFailed();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _collection?.Dispose();
        _store.Dispose();
        _generator.Dispose();
    }

    [Fact]
    public async Task RetrieveAsync_EveryCandidate_HasTheScoresOfBothSearches()
    {
        // Each search finds two; the other knows what it would have given to them.
        RetrievalResult<Passage> few = await Retriever(options => options.Candidates = 2).RetrieveAsync("error of the pump", new RetrievalOptions<Passage> { Top = 2 });
        RetrievalResult<Passage> all = await Retriever().RetrieveAsync("error of the pump", new RetrievalOptions<Passage> { Top = 6 });
        Dictionary<string, RetrievedPassage> known = all.Candidates.ToDictionary(passage => passage.Key);

        Assert.Equal(6, all.Candidates.Count);
        Assert.InRange(few.Candidates.Count, 2, 4);
        Assert.All(few.Candidates, passage => Assert.Equal(2, passage.Stages.Count));
        Assert.All(few.Candidates.SelectMany(passage => passage.Stages.Select(score => (passage.Key, score))), pair =>
            Assert.Equal(known[pair.Key].Stage(pair.score.Stage)!.Value.Score, pair.score.Score, 1e-6));
    }

    [Fact]
    public async Task RetrieveAsync_NoWordInCommon_ScoresZero()
    {
        RetrievalResult<Passage> result = await Retriever().RetrieveAsync("pump");

        Assert.All(
            result.Candidates.Where(passage => !passage.Text.Contains("pump", StringComparison.Ordinal)),
            passage => Assert.Equal(new StageScore { Stage = RetrievalStage.Keyword, Score = 0, Rank = 0 }, passage.Stage(RetrievalStage.Keyword)));
        Assert.Contains(result.Candidates, passage => passage.Stage(RetrievalStage.Keyword) is { Rank: 1, Score: > 0 });
    }

    [Fact]
    public async Task RetrieveAsync_Filter_HoldsInEveryStage()
    {
        RetrievalResult<Passage> result = await Retriever(options => options.Candidates = 1).RetrieveAsync(
            "pump", new RetrievalOptions<Passage> { Top = 1, Filter = passage => passage.Source == "3.txt" || passage.Source == "4.txt" });

        Assert.All(result.Candidates, passage => Assert.Contains(passage.Source, (string[])["3.txt", "4.txt"]));
    }

    [Fact]
    public async Task RetrieveAsync_KeywordsOff_SearchesByVectorsAlone()
    {
        RetrievalResult<Passage> result = await Retriever(options => options.UseKeywords = false).RetrieveAsync("pump");

        Assert.All(result.Candidates, passage => Assert.Equal(RetrievalStage.Vector, Assert.Single(passage.Stages).Stage));
    }

    [Fact]
    public async Task RetrieveAsync_UuidKeys_AreAskedForAsWell()
    {
        PassageIndexer indexer = new(_generator);
        using VectorStoreCollection<Guid, Passage> collection = _store.GetCollection<Guid, Passage>("uuids", Passage.CreateDefinition<Guid>(32));
        (await indexer.IndexAsync(collection, Texts.Select((text, index) => new SourceDocument($"{index}.txt", text)))).ThrowIfFailed();

        RetrievalResult<Passage> result = await new PassageRetriever<Guid, Passage>(collection, _generator, null, new() { Candidates = 1 }).RetrieveAsync(
            "error of the pump", new RetrievalOptions<Passage> { Top = 1 });

        Assert.All(result.Candidates, passage => Assert.Equal(2, passage.Stages.Count));
    }

    [Fact]
    public async Task RetrieveAsync_CollectionOfDistancesThatNothingNames_IsReadByItsOrder()
    {
        VectorStoreCollectionDefinition definition = Passage.CreateDefinition<string>(32, new PassageDefinitionOptions { DistanceFunction = DistanceFunction.CosineDistance });
        using VectorStoreCollection<string, Passage> collection = _store.GetCollection<string, Passage>("distances", definition);
        (await new PassageIndexer(_generator).IndexAsync(collection, Texts.Select((text, index) => new SourceDocument($"{index}.txt", text)))).ThrowIfFailed();

        RetrievalResult<Passage> byVectors = await new PassageRetriever<string, Passage>(collection, _generator, null, new() { UseKeywords = false }).RetrieveAsync("Oil for chains");
        RetrievalResult<Passage> byBoth = await new PassageRetriever<string, Passage>(collection, _generator, null, new() { Candidates = 2 }).RetrieveAsync(
            "Oil for chains of the pump", new RetrievalOptions<Passage> { Top = 2 });

        Assert.Equal("Oil for chains", byVectors.Passages[0].Text);
        Assert.All(byBoth.Candidates, passage => Assert.True(passage.Stage(RetrievalStage.Vector) is null or { Score: <= 0, Rank: > 0 }));
        Assert.Equal("Oil for chains", byBoth.Passages[0].Text);
    }

    private PassageRetriever<string, Passage> Retriever(Action<PassageRetrieverOptions<Passage>>? configure = null)
    {
        PassageRetrieverOptions<Passage> options = new();
        configure?.Invoke(options);
        return new PassageRetriever<string, Passage>(_collection!, _generator, null, options);
    }
}
