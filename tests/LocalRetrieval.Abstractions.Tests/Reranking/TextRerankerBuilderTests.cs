using LocalRetrieval.Testing;

namespace LocalRetrieval.Abstractions.Tests.Reranking;

public sealed class TextRerankerBuilderTests
{
    [Fact]
    public void Build_NoStages_IsTheInnerReranker()
    {
        using FakeReranker inner = new();

        Assert.Same(inner, inner.AsBuilder().Build());
        Assert.Same(inner, new TextRerankerBuilder(_ => inner).Build());
    }

    [Fact]
    public async Task Build_Stages_TheFirstIsTheOutermost()
    {
        using FakeReranker inner = new();
        List<string> calls = [];
        using ITextReranker reranker = inner.AsBuilder().Use(next => new Stage(next, "first", calls)).Use(next => new Stage(next, "second", calls)).Build();

        await reranker.RerankAsync("query", ["document"]);

        Assert.Equal(["first", "second"], calls);
        Assert.Same(inner, reranker.GetService<FakeReranker>());
    }

    [Fact]
    public void Build_Services_ReachTheFactoryAndTheStages()
    {
        Services services = new();
        using ITextReranker reranker = new TextRerankerBuilder(provider => (FakeReranker)provider.GetService(typeof(FakeReranker))!)
            .Use((next, provider) => new Stage(next, (string)provider.GetService(typeof(string))!, []))
            .Build(services);

        Assert.Equal("of the services", Assert.IsType<Stage>(reranker).Name);
        Assert.Same(services.Reranker, reranker.GetService<FakeReranker>());
    }

    [Fact]
    public void Build_WithoutServices_GivesAProviderOfNothing()
    {
        using FakeReranker inner = new();
        object? found = inner;

        inner.AsBuilder().Use((next, provider) =>
        {
            found = provider.GetService(typeof(string));
            return next;
        }).Build();

        Assert.Null(found);
    }

    [Fact]
    public void Build_Twice_BuildsTwoPipelines()
    {
        using FakeReranker inner = new();
        TextRerankerBuilder builder = inner.AsBuilder().Use(next => new Stage(next, "stage", []));

        Assert.NotSame(builder.Build(), builder.Build());
    }

    [Fact]
    public void Build_StageThatReturnsNull_IsNamed()
    {
        using FakeReranker inner = new();
        TextRerankerBuilder builder = inner.AsBuilder().Use(next => next).Use(_ => null!);

        Assert.Contains("Stage 1", Assert.Throws<InvalidOperationException>(() => builder.Build()).Message, StringComparison.Ordinal);
        Assert.Contains("ITextReranker", Assert.Throws<InvalidOperationException>(() => new TextRerankerBuilder(_ => null!).Build()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_Null_IsRefused()
    {
        using FakeReranker inner = new();
        Assert.Throws<ArgumentNullException>(() => new TextRerankerBuilder((ITextReranker)null!));
        Assert.Throws<ArgumentNullException>(() => new TextRerankerBuilder((Func<IServiceProvider, ITextReranker>)null!));
        Assert.Throws<ArgumentNullException>(() => ((ITextReranker)null!).AsBuilder());
        Assert.Throws<ArgumentNullException>(() => inner.AsBuilder().Use((Func<ITextReranker, ITextReranker>)null!));
        Assert.Throws<ArgumentNullException>(() => inner.AsBuilder().Use((Func<ITextReranker, IServiceProvider, ITextReranker>)null!));
    }

    private sealed class Services : IServiceProvider
    {
        public FakeReranker Reranker { get; } = new();

        public object? GetService(Type serviceType) => serviceType == typeof(string) ? "of the services" : Reranker;
    }

    private sealed class Stage(ITextReranker inner, string name, List<string> calls) : DelegatingTextReranker(inner)
    {
        public string Name => name;

        public override Task<RerankingResult> RerankAsync(
            string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
        {
            calls.Add(name);
            return base.RerankAsync(query, documents, options, cancellationToken);
        }
    }
}
