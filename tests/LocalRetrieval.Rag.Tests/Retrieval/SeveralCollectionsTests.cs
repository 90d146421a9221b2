using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Retrieval;

/// <summary>One request over several collections, as if they were one.</summary>
public sealed class SeveralCollectionsTests : IDisposable
{
    private readonly FakeEmbeddingGenerator _generator = new();
    private readonly LocalVectorStore _store = new();

    public void Dispose()
    {
        _store.Dispose();
        _generator.Dispose();
    }

    [Fact]
    public async Task RetrieveAsync_EqualKeys_AreTwoPassagesThatNameTheirCollections()
    {
        RetrievalResult<Passage> result = await (await FillAsync()).RetrieveAsync("pump");

        Assert.Equal(4, result.Candidates.Count);
        Assert.Equal(2, result.Candidates.DistinctBy(passage => passage.Key).Count());
        Assert.Equal(["left", "left", "right", "right"], result.Candidates.Select(passage => passage.Collection).Order());
        Assert.All(result.Candidates, passage => Assert.StartsWith(passage.Collection!, passage.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RetrieveAsync_Stages_RankAndRerankTheUnion()
    {
        FakeReranker reranker = new(text => text.Length);

        RetrievalResult<Passage> result = await (await FillAsync(reranker)).RetrieveAsync("pump");

        Assert.Equal(4, Assert.Single(reranker.Requests).Count);
        Assert.All(
            (string[])[RetrievalStage.Vector, RetrievalStage.Reranker],
            stage => Assert.Equal([1, 2, 3, 4], result.Candidates.Select(passage => passage.Stage(stage)!.Value.Rank).Order()));
        double[] vectors = [.. result.Candidates.OrderBy(passage => passage.Stage(RetrievalStage.Vector)!.Value.Rank).Select(passage => passage.Stage(RetrievalStage.Vector)!.Value.Score)];
        Assert.Equal(vectors.OrderDescending(), vectors);
        Assert.Equal(["embed", "keyword", "reranker", "selection", "vector"], result.Timings.Select(timing => timing.Stage).Order());
    }

    [Fact]
    public async Task RetrieveAsync_FewCandidates_AreTheBestOfAllAndEachIsScoredByItsOwnCollection()
    {
        PassageRetriever<string, Passage> retriever = await FillAsync(options: new() { Candidates = 1 });

        RetrievalResult<Passage> few = await retriever.RetrieveAsync("left oil", new RetrievalOptions<Passage> { Top = 1 });
        RetrievalResult<Passage> all = await retriever.RetrieveAsync("left oil", new RetrievalOptions<Passage> { Top = 9 });

        Assert.Equal("left oil of chains", Assert.Single(few.Passages).Text);
        Dictionary<(string?, string), RetrievedPassage<Passage>> known = all.Passages.ToDictionary(passage => (passage.Collection, passage.Key));
        Assert.All(few.Candidates.SelectMany(passage => passage.Stages.Select(score => (passage, score))), pair =>
            Assert.Equal(known[(pair.passage.Collection, pair.passage.Key)].Stage(pair.score.Stage)!.Value.Score, pair.score.Score, 1e-6));
    }

    [Fact]
    public async Task RetrieveAsync_CopiesInBoth_AreOneThatNamesTheOther()
    {
        await IndexAsync("left", ("a.txt", "The pump of hall one"));
        await IndexAsync("right", ("a.txt", "The pump of hall one"), ("b.txt", "Another"));

        RetrievalResult<Passage> result = await Retriever(["left", "right"]).RetrieveAsync("pump");

        Assert.Equal(2, result.Passages.Count);
        RetrievedPassage kept = result.Passages.Single(passage => passage.AlsoIn.Count > 0);
        Assert.Equal(["left", "right"], new[] { kept.Collection, kept.AlsoIn[0].Collection }.Order());
        Assert.Equal("a.txt", kept.AlsoIn[0].Source);
    }

    [Fact]
    public async Task RetrieveAsync_Filter_HoldsInEach()
    {
        PassageRetriever<string, Passage> retriever = await FillAsync();

        RetrievalResult<Passage> result = await retriever.RetrieveAsync("pump", new RetrievalOptions<Passage> { Filter = passage => passage.Source == "b.txt" });

        Assert.Equal(["left oil of chains", "right oil of bikes"], result.Candidates.Select(passage => passage.Text).Order());
    }

    [Fact]
    public async Task ExplainAsync_PassageOfTheSecond_IsAskedForInItsOwnCollection()
    {
        PassageRetriever<string, Passage> retriever = await FillAsync();
        await IndexAsync("right", ("z.txt", "nothing of the kind"));

        RetrievalExplanation explanation = await retriever.ExplainAsync("left pump", PassageKey.Create("z.txt", 0), new RetrievalOptions<Passage> { Top = 1, Candidates = 1 });

        PassageExplanation unseen = explanation.Passages.Single(passage => passage.Outcome == PassageOutcome.NotFound);
        Assert.Equal(("right", "z.txt"), (unseen.Passage!.Collection, unseen.Passage.Source));
        Assert.Equal(5, unseen.Asked.Single(score => score.Stage == RetrievalStage.Vector).Rank);
        Assert.Contains("pump", explanation.Passages[0].Matches!.Select(match => match.Term));
    }

    [Fact]
    public async Task RetrieveAsync_OneIsMissing_IsNamedUntilItIsThere()
    {
        await IndexAsync("left", ("a.txt", "text"));
        PassageRetriever<string, Passage> retriever = Retriever(["left", "gone"]);

        Assert.Contains("'gone'", (await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("text"))).Message, StringComparison.Ordinal);

        await IndexAsync("gone", ("b.txt", "text too"));
        Assert.Equal(2, (await retriever.RetrieveAsync("text")).Passages.Count);
    }

    [Fact]
    public async Task RetrieveAsync_OneCannotSearchByWords_AllAreSearchedByVectors()
    {
        RecordingLoggerFactory logs = new();
        ScriptedCollection first = new(("a", 0.9), ("b", 0.3));
        ScriptedCollection second = new(("c", 0.5)) { Name = "second" };

        RetrievalResult<Note> result = await new PassageRetriever<int, Note>([first.Object, second.Object], _generator, null, new() { Mapping = Note.Mapping }, logs).RetrieveAsync("query");

        Assert.Equal([("a", "scripted"), ("c", "second"), ("b", "scripted")], result.Passages.Select(passage => (passage.Text, passage.Collection!)));
        Assert.Equal([1, 2, 3], result.Passages.Select(passage => passage.Stage(RetrievalStage.Vector)!.Value.Rank));
        Assert.Contains(logs.Messages, message => message.Contains("'scripted', 'second' does not search by words", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RetrieveAsync_OwnGenerators_AreOneStageOverTheirCollections()
    {
        Note[] notes = [new() { Id = 1, Body = "b" }, new() { Id = 0, Body = "c" }];
        PassageRetrieverOptions<Note> options = new() { Mapping = Note.Mapping, OrderStage = "own" };
        options.Generators.Add(new FakeGenerator("own", (notes[0], 1)) { Collection = "scripted" });
        options.Generators.Add(new FakeGenerator("own", (notes[1], 2)) { Collection = "second" });

        RetrievalResult<Note> result = await new PassageRetriever<int, Note>(Scripted(), _generator, null, options).RetrieveAsync("query");

        Assert.Equal([("c", "second", 1), ("b", "scripted", 2)], result.Passages.Select(passage => (passage.Text, passage.Collection!, passage.Stage("own")!.Value.Rank)));
    }

    [Fact]
    public async Task RetrieveAsync_GeneratorOfNoCollection_IsNamedWithTheFix()
    {
        PassageRetrieverOptions<Note> options = new() { Mapping = Note.Mapping };
        options.Generators.Add(new FakeGenerator("own"));
        PassageRetriever<int, Note> retriever = new(Scripted(), _generator, null, options);

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("query"));

        Assert.Contains("'own'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'scripted', 'second'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_CollectionsThatAreNotToldApart_AreRefused()
    {
        VectorStoreCollection<int, Note> collection = new ScriptedCollection().Object;

        Assert.Contains("'scripted'", Assert.Throws<ArgumentException>("collections", () => new PassageRetriever<int, Note>([collection, collection], _generator, null, new() { Mapping = Note.Mapping })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("collections", () => new PassageRetriever<int, Note>([], _generator, null, new() { Mapping = Note.Mapping }));
        Assert.Throws<ArgumentNullException>("collections", () => new PassageRetriever<int, Note>([collection, null!], _generator, null, new() { Mapping = Note.Mapping }));
    }

    [Fact]
    public async Task AddPassageRetriever_SeveralNames_RetrievesFromAll()
    {
        await IndexAsync("left", ("a.txt", "left text"));
        await IndexAsync("right", ("a.txt", "right text"));
        using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<VectorStore>(_store)
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(_generator)
            .AddPassageRetriever<string, Passage>(["left", "right"])
            .AddKeyedPassageRetriever<string, Passage>("one", ["right", "left"], options => options.Top = 1)
            .BuildServiceProvider();

        Assert.Equal(["left", "right"], (await provider.GetRequiredService<IPassageRetriever>().RetrieveAsync("text")).Passages.Select(passage => passage.Collection).Order());
        Assert.Single((await provider.GetRequiredKeyedService<IPassageRetriever>("one").RetrieveAsync("text")).Passages);
        Assert.Throws<ArgumentException>("collectionNames", () => new ServiceCollection().AddPassageRetriever<string, Passage>(["left", "left"]));
        Assert.Throws<ArgumentException>("collectionNames", () => new ServiceCollection().AddPassageRetriever<string, Passage>(["left", " "]));
    }

    private static VectorStoreCollection<int, Note>[] Scripted() => [new ScriptedCollection(("a", 0.9), ("b", 0.3)).Object, new ScriptedCollection(("c", 0.5)) { Name = "second" }.Object];

    private async Task<PassageRetriever<string, Passage>> FillAsync(ITextReranker? reranker = null, PassageRetrieverOptions<Passage>? options = null)
    {
        await IndexAsync("left", ("a.txt", "left pump of hall one"), ("b.txt", "left oil of chains"));
        await IndexAsync("right", ("a.txt", "right pump of halls"), ("b.txt", "right oil of bikes"));
        return Retriever(["left", "right"], reranker, options);
    }

    private PassageRetriever<string, Passage> Retriever(string[] names, ITextReranker? reranker = null, PassageRetrieverOptions<Passage>? options = null) =>
        new(names.Select(name => _store.GetCollection<string, Passage>(name, Passage.CreateDefinition<string>(32))), _generator, reranker, options);

    private async Task IndexAsync(string name, params (string Source, string Text)[] documents)
    {
        PassageIndexer indexer = new(_generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(_store, name);
        (await indexer.IndexAsync(collection, documents.Select(document => new SourceDocument(document.Source, document.Text)))).ThrowIfFailed();
    }
}
