using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Retrieval;

/// <summary>The relevance that comes with the embedded models, for each list of stages that it was fitted with.</summary>
public sealed class EmbeddedRelevanceTests : IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
    private VectorStoreCollection<string, Passage>? _passages;

    public async Task InitializeAsync()
    {
        PassageIndexer indexer = _services.GetRequiredService<PassageIndexer>();
        _passages = await indexer.GetCollectionAsync(_services.GetRequiredService<VectorStore>(), "docs");
        IndexingResult result = await indexer.IndexAsync(
            _passages,
            [
                new SourceDocument("bees.txt", "Honey bees make honey from the nectar of flowers and store it in combs of wax."),
                new SourceDocument("tides.txt", "The gravity of the moon and the sun raises the tides of the sea."),
                new SourceDocument("rails.txt", "Trains run on two rails of steel, which rest on sleepers of concrete."),
                new SourceDocument("bread.txt", "Dough of flour, water and yeast rises for two hours before it is baked."),
            ]);
        result.ThrowIfFailed();
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task RetrieveAsync_EmbeddedModels_TellsWhatAnswersFromWhatDoesNot(bool usesKeywords, bool reranks)
    {
        PassageRetriever<string, Passage> retriever = new(
            _passages!,
            _services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(),
            reranks ? _services.GetRequiredService<ITextReranker>() : null,
            new() { UseKeywords = usesKeywords });

        RetrievalResult<Passage> answered = await retriever.RetrieveAsync("What do honey bees make from the nectar of flowers?");
        RetrievalResult<Passage> unanswered = await retriever.RetrieveAsync("Why was my card payment declined?");

        Assert.Equal("bees.txt", answered.Passages[0].Source);
        Assert.All(answered.Passages.Concat(unanswered.Passages), passage => Assert.InRange(passage.Relevance!.Value, 0, 1));
        Assert.True(answered.Passages[0].Relevance > 5 * unanswered.Passages.Max(passage => passage.Relevance), $"{answered.Passages[0].Relevance} and {unanswered.Passages.Max(passage => passage.Relevance)}");
        double between = (answered.Passages[0].Relevance!.Value + unanswered.Passages.Max(passage => passage.Relevance!.Value)) / 2;
        Assert.Equal(["bees.txt"], (await retriever.RetrieveAsync("What do honey bees make from the nectar of flowers?", new() { MinimumRelevance = between })).Passages.Select(passage => passage.Source));
        Assert.Empty((await retriever.RetrieveAsync("Why was my card payment declined?", new() { MinimumRelevance = between })).Passages);
    }
}
