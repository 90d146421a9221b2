using LocalRetrieval.Testing;


namespace LocalRetrieval.Abstractions.Tests.Reranking;

public sealed class DelegatingTextRerankerTests
{
    [Fact]
    public async Task RerankAsync_EveryArgument_IsHandedOn()
    {
        using FakeReranker inner = new();
        using Middleware middleware = new(inner);
        RerankingOptions options = new() { TopN = 1 };

        RerankingResult result = await middleware.RerankAsync("query", ["a", "bb"], options);

        Assert.Equal(1, Assert.Single(result).Index);
        Assert.Same(options, inner.LastOptions);
        await Assert.ThrowsAsync<OperationCanceledException>(() => middleware.RerankAsync("query", ["a"], null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void GetService_Chain_FindsTheOutermostFirst()
    {
        using FakeReranker inner = new();
        using Middleware middleware = new(inner);

        Assert.Same(middleware, middleware.GetService<ITextReranker>());
        Assert.Same(middleware, middleware.GetService<Middleware>());
        Assert.Same(inner, middleware.GetService<FakeReranker>());
        Assert.Null(middleware.GetService<Middleware>("key"));
        Assert.Null(middleware.GetService<string>());
        Assert.Throws<ArgumentNullException>(() => middleware.GetService(null!));
    }

    [Fact]
    public void Dispose_Middleware_DisposesTheInner()
    {
        FakeReranker inner = new();

        new Middleware(inner).Dispose();

        Assert.Equal(1, inner.Disposals);
    }

    [Fact]
    public void Constructor_Null_IsRefused() => Assert.Throws<ArgumentNullException>(() => new Middleware(null!));

    private sealed class Middleware(ITextReranker inner) : DelegatingTextReranker(inner);
}
