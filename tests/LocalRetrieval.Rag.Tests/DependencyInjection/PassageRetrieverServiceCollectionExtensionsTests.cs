using System.Globalization;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.DependencyInjection;

public sealed class PassageRetrieverServiceCollectionExtensionsTests
{
    [Fact]
    public async Task AddPassageRetriever_Passages_IndexesAndRetrieves()
    {
        using ServiceProvider provider = Services().AddPassageIndexer().AddPassageRetriever<string, Passage>("docs").BuildServiceProvider();
        PassageIndexer indexer = provider.GetRequiredService<PassageIndexer>();
        await indexer.IndexAsync(await indexer.GetCollectionAsync(provider.GetRequiredService<VectorStore>(), "docs"), [new SourceDocument("a", "some text")]);

        IPassageRetriever retriever = provider.GetRequiredService<IPassageRetriever>();

        Assert.Equal("some text", Assert.Single((await retriever.RetrieveAsync("text")).Passages).Text);
        Assert.Same(retriever, provider.GetRequiredService<IPassageRetriever<Passage>>());
        Assert.Null(retriever.GetService<ITextReranker>());
    }

    [Fact]
    public async Task AddPassageRetriever_IndexerWithATokenGenerator_GetsACollectionWithRoomForTokens()
    {
        using FakeTokenGenerator tokens = new("tokens");
        using ServiceProvider provider = Services()
            .AddPassageIndexer(options => options.TokenGenerator = tokens)
            .AddKeyedPassageIndexer("plain")
            .AddPassageRetriever<string, Passage>("docs")
            .AddKeyedPassageRetriever<string, Passage>("plain", "notes")
            .BuildServiceProvider();
        await IndexAsync(provider.GetRequiredService<PassageIndexer>(), "docs");
        await IndexAsync(provider.GetRequiredKeyedService<PassageIndexer>("plain"), "notes");

        RetrievalResult<Passage> withTokens = await provider.GetRequiredService<IPassageRetriever<Passage>>().RetrieveAsync("text");
        RetrievalResult<Passage> plain = await provider.GetRequiredKeyedService<IPassageRetriever<Passage>>("plain").RetrieveAsync("text");

        Assert.Equal("some text", Assert.Single(withTokens.Passages).Text);
        Assert.Equal("some text", Assert.Single(plain.Passages).Text);

        async Task IndexAsync(PassageIndexer indexer, string collection) => await indexer.IndexAsync(
            await indexer.GetCollectionAsync(provider.GetRequiredService<VectorStore>(), collection), [new SourceDocument("a", "some text")]);
    }

    [Fact]
    public async Task AddPassageRetriever_BeforeIndexing_NamesTheCollection()
    {
        using ServiceProvider provider = Services().AddPassageRetriever<string, Passage>("docs").BuildServiceProvider();

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => provider.GetRequiredService<IPassageRetriever>().RetrieveAsync("text"));

        Assert.Contains("'docs'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddPassageRetriever_Twice_TheLastWinsAndTheFirstKeepsItsOptions()
    {
        using ServiceProvider provider = Services()
            .AddPassageRetriever<string, Passage>("docs", options => options.Top = 1)
            .AddPassageRetriever<string, Passage>("docs", options => options.Candidates = 50)
            .BuildServiceProvider();
        await FillAsync(provider, "docs");
        IPassageRetriever<Passage>[] retrievers = [.. provider.GetServices<IPassageRetriever<Passage>>()];

        Assert.Same(retrievers[1], provider.GetRequiredService<IPassageRetriever<Passage>>());
        Assert.Single((await retrievers[0].RetrieveAsync("text")).Passages);
        Assert.Equal(3, (await retrievers[1].RetrieveAsync("text")).Passages.Count);
    }

    [Fact]
    public async Task AddPassageRetriever_Configuration_IsBound()
    {
        FakeReranker reranker = new(_ => 1);
        RetrievalResult all = await RetrieveAsync([]);
        Assert.Equal(3, all.Passages.Count);
        Assert.Single(reranker.Requests);
        double[] scores = [.. all.Candidates.Select(passage => passage.Stage(RetrievalStage.Vector)!.Value.Score)];
        string between = ((scores[1] + scores[2]) / 2).ToString(CultureInfo.InvariantCulture);

        Assert.Single((await RetrieveAsync(new() { ["Top"] = "1" })).Passages);
        Assert.Equal(scores[..2], (await RetrieveAsync(new() { ["MinimumVectorScore"] = between })).Passages.Select(passage => passage.Stage(RetrievalStage.Vector)!.Value.Score));
        Assert.Equal(3, reranker.Requests.Count);
        Assert.Equal(scores, (await RetrieveAsync(new() { ["OrderStage"] = "vector" })).Passages.Select(passage => passage.Score));
        Assert.Equal(3, reranker.Requests.Count);

        async Task<RetrievalResult> RetrieveAsync(Dictionary<string, string?> values)
        {
            using ServiceProvider provider = Services().AddSingleton<ITextReranker>(reranker)
                .AddPassageRetriever<string, Passage>("docs", Section(values)).BuildServiceProvider();
            await FillAsync(provider, "docs");
            return await provider.GetRequiredService<IPassageRetriever>().RetrieveAsync("text");
        }
    }

    [Fact]
    public void AddPassageRetriever_SelectionInTheConfiguration_IsBoundAndChecked()
    {
        PassageRetrieverOptions<Passage>? bound = null;
        using ServiceProvider provider = Services()
            .AddPassageRetriever<string, Passage>("docs", Section(new() { ["Selection:NeighborsAfter"] = "2", ["Selection:Placement"] = "BestAtBothEnds" }), options => bound = options)
            .BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        using ServiceProvider unfit = Services().AddPassageRetriever<int, Note>(
            "notes", Section(new() { ["Selection:ReturnSections"] = "true" }), options => options.Mapping = Note.Mapping).BuildServiceProvider();

        Assert.Equal((2, PassagePlacement.BestAtBothEnds), (bound!.Selection.NeighborsAfter, bound.Selection.Placement));
        Assert.Contains("ReturnSections", Assert.Throws<OptionsValidationException>(() => unfit.GetRequiredService<IStartupValidator>().Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddPassageRetriever_OptionsFromServices_AreSet()
    {
        IServiceCollection services = Services().AddSingleton("3");
        services.AddOptions<PassageRetrieverOptions<Passage>>().Configure<string>((options, top) => options.Top = top.Length);
        using ServiceProvider provider = services.AddPassageRetriever<string, Passage>("docs").BuildServiceProvider();
        await FillAsync(provider, "docs");

        Assert.Single((await provider.GetRequiredService<IPassageRetriever>().RetrieveAsync("text")).Passages);
    }

    [Fact]
    public void AddPassageRetriever_OtherRecordWithoutMapping_FailsAtStart()
    {
        using ServiceProvider provider = Services().AddPassageRetriever<int, Note>("notes").BuildServiceProvider();

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("PassageRetrieverOptions<Note>.Mapping", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddPassageRetriever_NoWeights_FailsAtStart()
    {
        using ServiceProvider provider = Services()
            .AddPassageRetriever<string, Passage>("docs", options => (options.VectorWeight, options.KeywordWeight, options.RerankerWeight) = (0, 0, 0)).BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public async Task AddPassageRetriever_OtherRecord_UsesItsAttributesAndMapping()
    {
        using ServiceProvider provider = Services().AddPassageRetriever<int, Note>("notes", options => (options.Mapping, options.UseKeywords) = (Note.Mapping, false)).BuildServiceProvider();
        using VectorStoreCollection<int, Note> collection = provider.GetRequiredService<VectorStore>().GetCollection<int, Note>("notes");
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new Note { Id = 7, Body = "a note", Vector = new FakeEmbeddingGenerator().Vector("a note") });

        RetrievalResult<Note> result = await provider.GetRequiredService<IPassageRetriever<Note>>().RetrieveAsync("note");

        Assert.Equal(("7", 7), (result.Passages[0].Key, result.Passages[0].Record.Id));
    }

    [Fact]
    public void AddKeyedPassageRetriever_Key_FindsKeyedPartsFirst()
    {
        FakeReranker keyed = new(_ => 1);
        FakeReranker chosen = new(_ => 2);
        using ServiceProvider provider = Services()
            .AddSingleton<ITextReranker>(new FakeReranker(_ => 0))
            .AddKeyedSingleton<ITextReranker>("code", keyed)
            .AddKeyedSingleton<ITextReranker>("chosen", chosen)
            .AddKeyedPassageRetriever<string, Passage>("code", "docs")
            .AddKeyedPassageRetriever<string, Passage>("other", "docs", options => options.RerankerKey = "chosen")
            .BuildServiceProvider();

        Assert.Same(keyed, provider.GetRequiredKeyedService<IPassageRetriever>("code").GetService<ITextReranker>());
        Assert.Same(chosen, provider.GetRequiredKeyedService<IPassageRetriever<Passage>>("other").GetService<ITextReranker>());
        Assert.Null(provider.GetService<IPassageRetriever>());
    }

    [Fact]
    public async Task AddPassageIndexer_GeneratorKey_IsTheRetrieversGenerator()
    {
        FakeEmbeddingGenerator chosen = new();
        FakeEmbeddingGenerator other = new();
        using ServiceProvider provider = Services()
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(other)
            .AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>("chosen", chosen)
            .AddPassageIndexer(options => options.EmbeddingGeneratorKey = "chosen")
            .AddKeyedPassageIndexer("k", options => options.EmbeddingGeneratorKey = "missing")
            .AddPassageRetriever<string, Passage>("docs", options => options.EmbeddingGeneratorKey = "chosen")
            .BuildServiceProvider();
        PassageIndexer indexer = provider.GetRequiredService<PassageIndexer>();
        await indexer.IndexAsync(await indexer.GetCollectionAsync(provider.GetRequiredService<VectorStore>(), "docs"), [new SourceDocument("a", "some text")]);

        await provider.GetRequiredService<IPassageRetriever>().RetrieveAsync("query");

        Assert.Equal([("some text", "document"), ("query", "query")], chosen.Embedded);
        Assert.Empty(other.Embedded);
        Assert.Throws<InvalidOperationException>(() => provider.GetRequiredKeyedService<PassageIndexer>("k"));
    }

    [Theory]
    [InlineData("VectorStoreKey", "VectorStore", "AddKeyedLocalVectorStore")]
    [InlineData("EmbeddingGeneratorKey", "IEmbeddingGenerator<String, Embedding<Single>>", "AddKeyedLocalEmbeddings")]
    [InlineData("RerankerKey", "ITextReranker", "AddKeyedLocalReranker")]
    public void AddPassageRetriever_KeyOfNothing_NamesTheOptionAndTheFix(string option, string service, string fix)
    {
        using ServiceProvider provider = Services()
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new FakeEmbeddingGenerator())
            .AddPassageRetriever<string, Passage>("docs", options => typeof(PassageRetrieverOptions<Passage>).GetProperty(option)!.SetValue(options, "missing"))
            .BuildServiceProvider();

        string message = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IPassageRetriever>).Message;

        Assert.Equal($"{option} is 'missing', and no {service} is registered under that key. Register one, for instance with {fix}(\"missing\").", message);
    }

    [Fact]
    public void AddPassageIndexer_NoGenerator_NamesTheTypeAsCodeDoes()
    {
        using ServiceProvider provider = new ServiceCollection().AddPassageIndexer().BuildServiceProvider();

        Assert.StartsWith(
            "No IEmbeddingGenerator<String, Embedding<Single>> is registered.",
            Assert.Throws<InvalidOperationException>(provider.GetRequiredService<PassageIndexer>).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AddPassageRetriever_NoStore_NamesTheFix()
    {
        using ServiceProvider provider = new ServiceCollection().AddPassageRetriever<string, Passage>("docs").BuildServiceProvider();

        Assert.Contains("AddLocalVectorStore", Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IPassageRetriever>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddPassageRetriever_BadArguments_Throw()
    {
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddPassageRetriever<string, Passage>(" "));
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddKeyedPassageRetriever<string, Passage>(null!, "docs"));
    }

    [Fact]
    public void AddPassageIndexer_BadConfiguration_FailsAtStartAndNamesEveryKey()
    {
        IConfiguration section = Section(new() { ["BatchSize"] = "0", ["Chunking:MaxToken"] = "64", ["Chunking:MinTokens"] = "few", ["TokenCounter"] = "words" });
        using ServiceProvider provider = Services().AddPassageIndexer(section).AddKeyedPassageIndexer("k").BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredKeyedService<PassageIndexer>("k"));
        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Collection(
            exception.Failures,
            failure => Assert.StartsWith("'Section:BatchSize': BatchSize", failure, StringComparison.Ordinal),
            failure => Assert.Equal("'Section:Chunking:MaxToken' is no key of ChunkingOptions. Did you mean 'MaxTokens'?", failure),
            failure => Assert.Equal("'Section:Chunking:MinTokens' is 'few'; expected a whole number.", failure),
            failure => Assert.StartsWith("'Section:TokenCounter': TokenCounter is an object (ITokenCounter)", failure, StringComparison.Ordinal));
        Assert.Throws<OptionsValidationException>(provider.GetRequiredService<PassageIndexer>);
    }

    [Fact]
    public async Task AddPassageIndexer_SectionAndCode_TheCodeIsAppliedLast()
    {
        PassageIndexerOptions? seen = null;
        IConfiguration section = Section(new() { ["BatchSize"] = "7", ["Chunking:MaxTokens"] = "64", ["Chunking:OverlapTokens"] = "8" });
        using ServiceProvider provider = Services().AddPassageIndexer(section, options => (seen = options).Chunking.MaxTokens = 32).BuildServiceProvider();

        await FillAsync(provider, "docs");
        provider.GetRequiredService<PassageIndexer>();

        Assert.Equal((7, 32, 8), (seen!.BatchSize, seen.Chunking.MaxTokens, seen.Chunking.OverlapTokens));
    }

    [Theory]
    [InlineData("Pipeline", "a function")]
    [InlineData("VectorProperty", "an expression")]
    [InlineData("Mapping", "an object (PassageMapping<Passage>)")]
    [InlineData("Definition", "an object (VectorStoreCollectionDefinition)")]
    public void AddPassageRetriever_KeyOfWhatIsCode_IsRefused(string key, string kind)
    {
        using ServiceProvider provider = Services().AddPassageRetriever<string, Passage>("docs", Section(new() { [key] = "x" })).BuildServiceProvider();

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IPassageRetriever>);

        Assert.Contains($"'Section:{key}': {key} is {kind}, which a configuration cannot hold", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddPassageRetriever_EveryValue_IsBound()
    {
        PassageRetrieverOptions<Passage>? seen = null;
        IConfiguration section = Section(new()
        {
            ["Top"] = "3", ["Candidates"] = "30", ["Order"] = "reciprocalRanks", ["OrderStage"] = "reranker", ["UseKeywords"] = "false", ["Reranked"] = "20", ["KeywordWeight"] = "0.75", ["VectorWeight"] = "0.5", ["RerankerWeight"] = "2", ["MinimumVectorScore"] = "-0.25",
            ["MinimumRerankerScore"] = "0.1", ["RerankingBudget"] = "00:00:00.250", ["VectorStoreKey"] = "s", ["EmbeddingGeneratorKey"] = "g", ["RerankerKey"] = "r",
        });
        using ServiceProvider provider = Services().AddPassageRetriever<string, Passage>("docs", section, options => seen = options).BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal((3, 30, 20, FinalOrder.ReciprocalRanks, "reranker"), (seen!.Top, seen.Candidates, seen.Reranked, seen.Order, seen.OrderStage));
        Assert.Equal((false, 0.75), (seen.UseKeywords, seen.KeywordWeight));
        Assert.Equal((0.5, 2, -0.25, 0.1), (seen.VectorWeight, seen.RerankerWeight, seen.MinimumVectorScore, seen.MinimumRerankerScore));
        Assert.Equal((TimeSpan.FromMilliseconds(250), "s", "g", "r"), (seen.RerankingBudget, seen.VectorStoreKey, seen.EmbeddingGeneratorKey, seen.RerankerKey));
    }

    [Fact]
    public async Task AddPassageRetriever_Pipeline_IsBothInterfacesAndTakesServices()
    {
        List<string> queries = [];
        using ServiceProvider provider = Services().AddSingleton(queries)
            .AddPassageRetriever<string, Passage>("docs", options => options.Pipeline = builder => builder
                .Use((inner, services) => new Listener(inner, services.GetRequiredService<List<string>>()))
                .Use(inner => new Rewriter(inner)))
            .AddKeyedPassageRetriever<string, Passage>("plain", "docs")
            .BuildServiceProvider();
        await FillAsync(provider, "docs");
        IPassageRetriever retriever = provider.GetRequiredService<IPassageRetriever>();

        RetrievalResult result = await retriever.RetrieveAsync("query");

        Assert.IsType<Listener>(retriever);
        Assert.Same(retriever, provider.GetRequiredService<IPassageRetriever<Passage>>());
        Assert.Equal(["query"], queries);
        Assert.Equal("rewritten query", result.Query);
        Assert.IsType<PassageRetriever<string, Passage>>(provider.GetRequiredKeyedService<IPassageRetriever<Passage>>("plain"));
    }

    private static IConfigurationSection Section(Dictionary<string, string?> values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"Section:{value.Key}", value.Value))).Build().GetSection("Section");

    private static IServiceCollection Services() => new ServiceCollection()
        .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new FakeEmbeddingGenerator())
        .AddSingleton<VectorStore>(new LocalVectorStore());

    private static async Task FillAsync(ServiceProvider provider, string collection)
    {
        PassageIndexer indexer = new(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        await indexer.IndexAsync(
            await indexer.GetCollectionAsync(provider.GetRequiredService<VectorStore>(), collection),
            [new SourceDocument("a", "text"), new SourceDocument("b", "more text"), new SourceDocument("c", "yet more text")]);
    }

    private sealed class Listener(IPassageRetriever<Passage> inner, List<string> queries) : DelegatingPassageRetriever<Passage>(inner)
    {
        public override Task<RetrievalResult<Passage>> RetrieveAsync(
            string query, RetrievalOptions<Passage>? options = null, CancellationToken cancellationToken = default)
        {
            queries.Add(query);
            return base.RetrieveAsync(query, options, cancellationToken);
        }
    }

    private sealed class Rewriter(IPassageRetriever<Passage> inner) : DelegatingPassageRetriever<Passage>(inner)
    {
        public override Task<RetrievalResult<Passage>> RetrieveAsync(
            string query, RetrievalOptions<Passage>? options = null, CancellationToken cancellationToken = default) =>
            base.RetrieveAsync("rewritten " + query, options, cancellationToken);
    }
}
