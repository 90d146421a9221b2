using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests;

public sealed class LocalCollectionServiceCollectionExtensionsTests
{
    [Fact]
    public async Task AddLocalCollection_Alone_RegistersOneCollectionOfTheStore()
    {
        using FakeGenerator generator = new();
        await using ServiceProvider provider = new ServiceCollection()
            .AddSingleton<IEmbeddingGenerator>(generator)
            .AddLocalCollection<string, Note>("docs")
            .BuildServiceProvider();

        var collection = provider.GetRequiredService<VectorStoreCollection<string, Note>>();
        Assert.Same(collection, provider.GetRequiredService<LocalVectorStoreCollection<string, Note>>());
        Assert.Same(collection, provider.GetRequiredService<IVectorSearchable<Note>>());
        Assert.Same(collection, provider.GetRequiredService<IKeywordSearchable<Note>>());
        Assert.Same(collection, provider.GetRequiredService<IKeywordHybridSearchable<Note>>());
        Assert.Equal("docs", collection.Name);
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new Note { Id = "a", Vector = new float[] { 2, 'h', 1 } });
        Assert.Equal("a", await collection.SearchAsync("hi", 1).IdsAsync());
        Assert.True(await provider.GetRequiredService<VectorStore>().CollectionExistsAsync("docs"));
    }

    [Fact]
    public async Task AddKeyedLocalCollection_StoresOfEachKind_TakesItsKeysElseTheOneWithout()
    {
        await using ServiceProvider provider = new ServiceCollection()
            .AddLocalVectorStore()
            .AddKeyedLocalVectorStore("own")
            .AddKeyedLocalCollection<string, Note>("own", "docs")
            .AddKeyedLocalCollection<string, Note>("common", "docs")
            .BuildServiceProvider();

        await provider.GetRequiredKeyedService<VectorStoreCollection<string, Note>>("own").EnsureCollectionExistsAsync();
        Assert.True(await provider.GetRequiredKeyedService<LocalVectorStore>("own").CollectionExistsAsync("docs"));
        Assert.False(await provider.GetRequiredService<LocalVectorStore>().CollectionExistsAsync("docs"));
        await provider.GetRequiredKeyedService<LocalVectorStoreCollection<string, Note>>("common").EnsureCollectionExistsAsync();
        Assert.True(await provider.GetRequiredService<LocalVectorStore>().CollectionExistsAsync("docs"));
        Assert.Null(provider.GetService<VectorStoreCollection<string, Note>>());
    }

    [Fact]
    public async Task AddLocalCollection_Twice_RegistersTwo()
    {
        await using ServiceProvider provider = new ServiceCollection()
            .AddLocalCollection<string, Note>("one")
            .AddLocalCollection<string, Note>("two")
            .BuildServiceProvider();

        Assert.Equal("two", provider.GetRequiredService<VectorStoreCollection<string, Note>>().Name);
        Assert.Equal(["one", "two"], provider.GetServices<VectorStoreCollection<string, Note>>().Select(collection => collection.Name));
        Assert.Single(provider.GetServices<LocalVectorStore>());
    }

    [Theory]
    [InlineData(ServiceLifetime.Singleton, true, true)]
    [InlineData(ServiceLifetime.Scoped, true, false)]
    [InlineData(ServiceLifetime.Transient, false, false)]
    public async Task Lifetime_OfStoreAndCollection_IsTheirsAndNotTheRecords(ServiceLifetime lifetime, bool oneInScope, bool oneInAll)
    {
        await using ServiceProvider provider = new ServiceCollection()
            .AddLocalVectorStore(lifetime: lifetime)
            .AddLocalCollection<string, Note>("docs", lifetime: lifetime)
            .BuildServiceProvider();
        using IServiceScope first = provider.CreateScope();
        using IServiceScope second = provider.CreateScope();
        var collection = first.ServiceProvider.GetRequiredService<VectorStoreCollection<string, Note>>();
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new Note { Id = "a" });

        Assert.Equal(oneInScope, ReferenceEquals(collection, first.ServiceProvider.GetRequiredService<VectorStoreCollection<string, Note>>()));
        Assert.Equal(oneInAll, ReferenceEquals(collection, second.ServiceProvider.GetRequiredService<VectorStoreCollection<string, Note>>()));
        Assert.Equal(oneInScope, ReferenceEquals(
            first.ServiceProvider.GetRequiredService<VectorStore>(), first.ServiceProvider.GetRequiredService<LocalVectorStore>()));
        Assert.Equal(oneInAll, ReferenceEquals(
            first.ServiceProvider.GetRequiredService<LocalVectorStore>(), second.ServiceProvider.GetRequiredService<LocalVectorStore>()));
        first.Dispose();
        Assert.NotNull(await second.ServiceProvider.GetRequiredService<VectorStoreCollection<string, Note>>().GetAsync("a"));
    }

    [Fact]
    public void AddLocalCollection_BadArguments_Throws()
    {
        ServiceCollection services = new();

        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddLocalCollection<string, Note>("docs"));
        Assert.Throws<ArgumentNullException>(() => services.AddLocalCollection<string, Note>(null!));
        Assert.Throws<ArgumentException>(() => services.AddKeyedLocalCollection<string, Note>("key", ""));
        Assert.Empty(services);
    }
}
