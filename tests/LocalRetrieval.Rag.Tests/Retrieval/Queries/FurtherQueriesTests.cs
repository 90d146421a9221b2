using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval.Queries;

/// <summary>What finds beside the query, and what scores by the query alone.</summary>
public sealed class FurtherQueriesTests : IDisposable
{
    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();
    private readonly FakeReranker _reranker = new(text => text.Length);

    [Fact]
    public async Task RetrieveAsync_Queries_FindWhatTheQueryIsScoredBy()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();

        RetrievalResult<Passage> alone = await retriever.RetrieveAsync("oil the chain", new RetrievalOptions<Passage> { Candidates = 1, Top = 1 });
        RetrievalResult<Passage> result = await retriever.RetrieveAsync("oil the chain", new RetrievalOptions<Passage> { Candidates = 1, Top = 1, Queries = ["boil pasta"] });
        RetrievalResult<Passage> all = await retriever.RetrieveAsync("oil the chain");

        Assert.Equal(["bike.md"], alone.Candidates.Select(passage => passage.Source));
        Assert.Equal(["bike.md", "food.md"], result.Candidates.Select(passage => passage.Source).Order());
        RetrievedPassage found = result.Candidates.Single(passage => passage.Source == "food.md");
        Assert.Equal((0, 0.0), (found.Stage(RetrievalStage.Keyword)!.Value.Rank, found.Stage(RetrievalStage.Keyword)!.Value.Score));
        Assert.Equal(0, found.Stage(RetrievalStage.Vector)!.Value.Rank);
        Assert.Equal(all.Candidates.Single(passage => passage.Source == "food.md").Stage(RetrievalStage.Vector)!.Value.Score, found.Stage(RetrievalStage.Vector)!.Value.Score, 1e-6);
        Assert.Equal(["boil pasta"], result.Queries!);
        Assert.Null(alone.Queries);
    }

    [Fact]
    public async Task RetrieveAsync_Queries_AreHeldToTheFilter()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();

        RetrievalResult<Passage> result = await retriever.RetrieveAsync(
            "oil the chain", new RetrievalOptions<Passage> { Queries = ["boil pasta"], HypotheticalDocuments = ["Boil the pasta."], Filter = passage => passage.Source == "bike.md" });

        Assert.All(result.Candidates, passage => Assert.Equal("bike.md", passage.Source));
    }

    [Fact]
    public async Task RetrieveAsync_FoundByMoreQueries_IsRerankedFirst()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();

        await retriever.RetrieveAsync("oil the chain", new RetrievalOptions<Passage> { Candidates = 3, Top = 1, Queries = ["boil pasta", "pasta in water"] });

        Assert.StartsWith("Boil pasta", Assert.Single(_reranker.Requests)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_HypotheticalDocuments_DrawTheVectorAloneAndAreEmbeddedAsDocuments()
    {
        PassageRetriever<string, Passage> retriever = await IndexAsync();

        RetrievalResult<Passage> result = await retriever.RetrieveAsync("dinner", new RetrievalOptions<Passage> { HypotheticalDocuments = ["Boil pasta in salted water."], Rerank = false });

        RetrievedPassage<Passage> best = result.Passages[0];
        float[] mean = HypotheticalVectors.Mean(_generator.Vector("dinner"), [_generator.Vector("Boil pasta in salted water.")]).ToArray();
        Assert.Equal("food.md", best.Source);
        Assert.Equal(ScoreDirection.Score(DistanceFunction.CosineSimilarity, mean, _generator.Vector(best.Text))!.Value, best.Stage(RetrievalStage.Vector)!.Value.Score, 1e-5);
        Assert.Equal(0, best.Stage(RetrievalStage.Keyword)!.Value.Score);
        Assert.Contains(("Boil pasta in salted water.", "document"), _generator.Embedded);
        Assert.Equal(["Boil pasta in salted water."], result.HypotheticalDocuments!);
    }

    public void Dispose()
    {
        _store.Dispose();
        _generator.Dispose();
        _reranker.Dispose();
    }

    private async Task<PassageRetriever<string, Passage>> IndexAsync()
    {
        PassageIndexer indexer = new(_generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(_store, "docs");
        await indexer.IndexAsync(
            collection,
            [new SourceDocument("bike.md", "Oil the chain after rain."), new SourceDocument("food.md", "Boil pasta in salted water."), new SourceDocument("other.md", "Nothing of note.")]);
        return new PassageRetriever<string, Passage>(collection, _generator, _reranker);
    }
}
