using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests;

public sealed class LocalVectorStoreServiceCollectionExtensionsTests
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public void AddLocalVectorStore_NoArguments_RegistersOneSingletonUnderBothTypes()
    {
        Assert.Same(_services, _services.AddLocalVectorStore());

        using ServiceProvider provider = _services.BuildServiceProvider(validateScopes: true);
        using IServiceScope scope = provider.CreateScope();
        Assert.Same(provider.GetRequiredService<LocalVectorStore>(), provider.GetRequiredService<VectorStore>());
        Assert.Same(provider.GetRequiredService<VectorStore>(), scope.ServiceProvider.GetRequiredService<VectorStore>());
    }

    [Fact]
    public void AddKeyedLocalVectorStore_Key_RegistersUnderThatKeyOnly()
    {
        Assert.Same(_services, _services.AddKeyedLocalVectorStore("k"));

        using ServiceProvider provider = _services.BuildServiceProvider();
        Assert.Same(provider.GetRequiredKeyedService<LocalVectorStore>("k"), provider.GetRequiredKeyedService<VectorStore>("k"));
        Assert.Null(provider.GetService<VectorStore>());
        Assert.Null(provider.GetKeyedService<VectorStore>("other"));
    }

    [Fact]
    public async Task AddLocalVectorStore_Twice_TheLastWinsAndEachKeepsItsOptions()
    {
        using FakeGenerator first = new();
        using FakeGenerator second = new();
        _services.AddLocalVectorStore(options => options.EmbeddingGenerator = first);
        _services.AddLocalVectorStore(options => options.EmbeddingGenerator = second);

        using ServiceProvider provider = _services.BuildServiceProvider();
        VectorStore[] stores = [.. provider.GetServices<VectorStore>()];
        Assert.Equal(2, stores.Distinct().Count());
        Assert.Same(stores[1], provider.GetRequiredService<LocalVectorStore>());
        Assert.Same(first, await GeneratorUsedAsync(stores[0], first, second));
        Assert.Same(second, await GeneratorUsedAsync(stores[1], first, second));
    }

    [Fact]
    public async Task AddLocalVectorStore_GeneratorInContainer_IsUsedUnlessOptionsNameOne()
    {
        using FakeGenerator registered = new();
        using FakeGenerator named = new();
        _services.AddSingleton<IEmbeddingGenerator>(registered);
        _services.AddLocalVectorStore();
        _services.AddKeyedLocalVectorStore("named", options => options.EmbeddingGenerator = named);

        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.Same(registered, await GeneratorUsedAsync(provider.GetRequiredService<VectorStore>(), registered, named));
        Assert.Same(named, await GeneratorUsedAsync(provider.GetRequiredKeyedService<VectorStore>("named"), registered, named));
    }

    [Fact]
    public async Task AddLocalVectorStore_OnlySparseGeneratorInContainer_IsUsed()
    {
        using FakeSparseGenerator registered = new();
        _services.AddSingleton<IEmbeddingGenerator<string, SparseEmbedding>>(registered).AddLocalVectorStore();

        using ServiceProvider provider = _services.BuildServiceProvider();
        var notes = await Stores.CollectionAsync<int, SparseTextNote>(provider.GetRequiredService<LocalVectorStore>());
        await notes.UpsertAsync(new SparseTextNote { Id = 1, Text = "text" });

        Assert.Equal("document", Assert.Single(registered.Calls).Role);
    }

    [Fact]
    public async Task AddLocalVectorStore_OnlyGenericGeneratorInContainer_IsUsed()
    {
        using FakeGenerator registered = new();
        _services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(registered).AddLocalVectorStore();

        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.Same(registered, await GeneratorUsedAsync(provider.GetRequiredService<VectorStore>(), registered));
    }

    [Fact]
    public async Task AddKeyedLocalVectorStore_KeyedGenerator_IsPreferredToTheOneWithoutKey()
    {
        using FakeGenerator plain = new();
        using FakeGenerator keyed = new();
        _services.AddSingleton<IEmbeddingGenerator>(plain).AddKeyedSingleton<IEmbeddingGenerator>("k", keyed);
        _services.AddLocalVectorStore().AddKeyedLocalVectorStore("k").AddKeyedLocalVectorStore("other");

        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.Same(plain, await GeneratorUsedAsync(provider.GetRequiredService<VectorStore>(), plain, keyed));
        Assert.Same(keyed, await GeneratorUsedAsync(provider.GetRequiredKeyedService<VectorStore>("k"), plain, keyed));
        Assert.Same(plain, await GeneratorUsedAsync(provider.GetRequiredKeyedService<VectorStore>("other"), plain, keyed));
    }

    [Fact]
    public async Task AddLocalVectorStore_NoGenerator_FailsOnlyWhenAStringIsSearchedFor()
    {
        _services.AddLocalVectorStore();
        using ServiceProvider provider = _services.BuildServiceProvider();
        var notes = await Stores.CollectionAsync<string, Note>(provider.GetRequiredService<LocalVectorStore>());

        await notes.UpsertAsync(new Note { Id = "a", Vector = new float[] { 1, 2, 3 } });

        await Assert.ThrowsAsync<NotSupportedException>(async () => await notes.SearchAsync("text", 1).ToListAsync());
    }

    [Fact]
    public void AddKeyedLocalVectorStore_OptionsOfItsKeyFromServices_AreUsed()
    {
        using FakeGenerator generator = new();
        _services.AddSingleton(generator);
        LocalVectorStoreOptions? seen = null;
        _services.AddOptions<LocalVectorStoreOptions>("k").Configure<FakeGenerator>((options, registered) => options.EmbeddingGenerator = registered);
        _services.AddKeyedLocalVectorStore("k", options => seen = options);

        using ServiceProvider provider = _services.BuildServiceProvider();
        Assert.Null(seen);
        provider.GetRequiredKeyedService<VectorStore>("k");

        Assert.Same(generator, seen!.EmbeddingGenerator);
    }

    [Fact]
    public void AddLocalVectorStore_ContainerDisposed_DisposesTheStoreAndNotTheGenerator()
    {
        using FakeGenerator generator = new();
        _services.AddLocalVectorStore(options => options.EmbeddingGenerator = generator);
        ServiceProvider provider = _services.BuildServiceProvider();
        VectorStore store = provider.GetRequiredService<VectorStore>();

        provider.Dispose();

        Assert.Throws<ObjectDisposedException>(() => store.GetCollection<string, Note>("docs"));
        Assert.False(generator.IsDisposed);
    }

    [Fact]
    public async Task AddLocalVectorStore_Section_SetsNestedOptions()
    {
        LocalVectorStoreOptions? seen = null;
        _services.AddLocalVectorStore(
            Section(("Keywords:Stem", "true"), ("Keywords:K1", "1.5"), ("HybridSearch:KeywordWeight", "2"), ("AllowOtherEncoders", "true")),
            options => (seen = options).Keywords.K1 = 1);

        await using ServiceProvider provider = _services.BuildServiceProvider();
        provider.GetRequiredService<VectorStore>();

        Assert.Equal((true, 1, 0.75), (seen!.Keywords.Stem, seen.Keywords.K1, seen.Keywords.B));
        Assert.Equal((2, 1, true), (seen.HybridSearch.KeywordWeight, seen.HybridSearch.VectorWeight, seen.AllowOtherEncoders));
    }

    [Theory]
    [InlineData("Keyword:Stem", "true", "'Store:Keyword' is no key of LocalVectorStoreOptions. Did you mean 'Keywords'?")]
    [InlineData("Keywords:B", "2", "'Store:Keywords:B': B is from 0 to 1.")]
    [InlineData("EmbeddingGenerator", "local", "'Store:EmbeddingGenerator': EmbeddingGenerator is an object (IEmbeddingGenerator), which a configuration cannot hold.")]
    [InlineData("SharedWith", "other", "'Store:SharedWith': SharedWith is an object (LocalVectorStore), which a configuration cannot hold.")]
    public void AddKeyedLocalVectorStore_SectionWithMistakes_IsRefusedAtStartAndWithoutAHost(string key, string value, string failure)
    {
        _services.AddKeyedLocalVectorStore("k", Section((key, value)));

        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.StartsWith(failure, Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).Message, StringComparison.Ordinal);
        Assert.StartsWith(failure, Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<VectorStore>("k")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddLocalVectorStore_ReadOnlyWithoutAFolderThatIsRead_IsRefusedAtStart()
    {
        using LocalVectorStore memory = new();
        _services.AddLocalVectorStore(options => options.IsReadOnly = true);
        _services.AddKeyedLocalVectorStore("shared", options => (options.IsReadOnly, options.SharedWith) = (true, memory));

        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.StartsWith("IsReadOnly is set without a Path", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<VectorStore>()).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "IsReadOnly is set, and the store of SharedWith writes", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<VectorStore>("shared")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddLocalVectorStore_ReadOnly_ReadsWhatAnotherStoreWrites()
    {
        using StoreFolder folder = new();
        using LocalVectorStore writer = folder.Open();
        var written = await Stores.CollectionAsync<string, Note>(writer);
        await written.UpsertAsync(new Note { Id = "1", Vector = new float[] { 1, 0, 0 } });
        _services.AddLocalVectorStore(Section(("Path", folder.Path), ("IsReadOnly", "true")));
        await using ServiceProvider provider = _services.BuildServiceProvider();

        var read = provider.GetRequiredService<VectorStore>().GetCollection<string, Note>("docs");

        Assert.Equal("1", await read.GetAsync(_ => true, 10).IdsAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => read.DeleteAsync("1"));
    }

    [Fact]
    public void AddLocalVectorStore_HybridWeightsBothZero_IsRefusedAtStart()
    {
        _services.AddLocalVectorStore(options => (options.HybridSearch.VectorWeight, options.HybridSearch.KeywordWeight) = (0, 0));

        using ServiceProvider provider = _services.BuildServiceProvider();

        Assert.StartsWith(
            "HybridSearch: VectorWeight and KeywordWeight are both 0",
            Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AddLocalVectorStore_NullArguments_Throw()
    {
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddLocalVectorStore());
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddKeyedLocalVectorStore("k"));
        Assert.Throws<ArgumentNullException>(() => _services.AddLocalVectorStore((IConfiguration)null!));
        Assert.Throws<ArgumentNullException>(() => _services.AddKeyedLocalVectorStore("k", (IConfiguration)null!));
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"Store:{value.Key}", (string?)value.Value))).Build().GetSection("Store");

    private static async Task<FakeGenerator> GeneratorUsedAsync(VectorStore store, params FakeGenerator[] generators)
    {
        foreach (FakeGenerator generator in generators)
        {
            generator.Calls.Clear();
        }

        var notes = store.GetCollection<string, Note>("docs");
        await notes.EnsureCollectionExistsAsync();
        await notes.SearchAsync("text", 1).ToListAsync();
        return Assert.Single(generators, generator => generator.Calls.Count > 0);
    }
}
