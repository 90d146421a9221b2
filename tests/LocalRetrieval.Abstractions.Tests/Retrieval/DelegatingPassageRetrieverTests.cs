namespace LocalRetrieval.Abstractions.Tests.Retrieval;

public sealed class DelegatingPassageRetrieverTests
{
    [Fact]
    public async Task RetrieveAsync_EveryArgument_IsHandedOn()
    {
        FakePassageRetriever inner = new();
        Middleware middleware = new(inner);
        RetrievalOptions options = new() { Top = 2 };
        using CancellationTokenSource cancellation = new();

        RetrievalResult result = await middleware.RetrieveAsync("query", options, cancellation.Token);

        Assert.Equal("query", result.Query);
        Assert.Same(options, inner.LastUntypedOptions);
        Assert.Equal(cancellation.Token, inner.LastCancellationToken);
    }

    [Fact]
    public async Task RetrieveAsync_OfRecords_HandsEveryArgumentOn()
    {
        FakePassageRetriever inner = new();
        RewritingRetriever middleware = new(inner);
        RetrievalOptions<string> options = new() { Filter = record => record != "" };
        using CancellationTokenSource cancellation = new();

        RetrievalResult<string> result = await middleware.RetrieveAsync("query", options, cancellation.Token);

        Assert.Equal("rewritten query", result.Query);
        Assert.Same(options, inner.LastOptions);
        Assert.Equal(cancellation.Token, inner.LastCancellationToken);
    }

    [Fact]
    public async Task RetrieveAsync_ThroughTheUntypedInterface_PassesTheMiddlewareToo()
    {
        FakePassageRetriever inner = new();
        IPassageRetriever middleware = new RewritingRetriever(inner);

        RetrievalResult result = await middleware.RetrieveAsync("query", new RetrievalOptions { Top = 3, Candidates = 7, Rerank = false });

        Assert.Equal("rewritten query", result.Query);
        Assert.Equal((3, 7, false), (inner.LastOptions!.Top, inner.LastOptions.Candidates, inner.LastOptions.Rerank));
        await middleware.RetrieveAsync("query");
        Assert.Null(inner.LastOptions);
    }

    [Fact]
    public async Task RetrieveAsync_UntypedWithOptionsOfOtherRecords_IsRefused()
    {
        IPassageRetriever middleware = new RewritingRetriever(new FakePassageRetriever());

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => middleware.RetrieveAsync("query", new RetrievalOptions<Uri> { Filter = uri => uri.IsFile }));

        Assert.Contains("The options are RetrievalOptions<Uri>", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("RetrievalOptions<String>", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetService_Chain_FindsTheOutermostFirst()
    {
        FakePassageRetriever inner = new();
        RewritingRetriever typed = new(inner);
        Middleware middleware = new(typed);

        Assert.Same(middleware, middleware.GetService<IPassageRetriever>());
        Assert.Same(typed, middleware.GetService<IPassageRetriever<string>>());
        Assert.Same(typed, middleware.GetService<RewritingRetriever>());
        Assert.Same(inner, middleware.GetService<FakePassageRetriever>());
        Assert.Null(middleware.GetService<Middleware>("key"));
        Assert.Null(middleware.GetService<Uri>());
        Assert.Throws<ArgumentNullException>(() => middleware.GetService(null!));
        Assert.Throws<ArgumentNullException>(() => typed.GetService(null!));
    }

    [Fact]
    public void Constructor_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new Middleware(null!));
        Assert.Throws<ArgumentNullException>(() => new RewritingRetriever(null!));
    }

    private sealed class Middleware(IPassageRetriever inner) : DelegatingPassageRetriever(inner);

    private sealed class RewritingRetriever(IPassageRetriever<string> inner) : DelegatingPassageRetriever<string>(inner)
    {
        public override Task<RetrievalResult<string>> RetrieveAsync(
            string query, RetrievalOptions<string>? options = null, CancellationToken cancellationToken = default) =>
            base.RetrieveAsync($"rewritten {query}", options, cancellationToken);
    }
}
