namespace LocalRetrieval.Abstractions.Tests.Retrieval;

public sealed class PassageRetrieverBuilderTests
{
    private readonly FakeRetriever _inner = new();

    [Fact]
    public void Build_Stages_TheFirstIsTheOutermost()
    {
        FakeRetriever? second = null;
        PassageRetrieverBuilder builder = ((IPassageRetriever)_inner).AsBuilder()
            .Use(next => new FakeRetriever(next))
            .Use((next, _) => second = new FakeRetriever(next));

        FakeRetriever built = Assert.IsType<FakeRetriever>(builder.Build());

        Assert.Same(second, built.Inner);
        Assert.Same(_inner, second!.Inner);
    }

    [Fact]
    public void Build_OverRecords_IsARetrieverOfTheRecords()
    {
        PassageRetrieverBuilder<string> builder = _inner.AsBuilder().Use(next => new FakeRetriever(next));

        IPassageRetriever<string> built = builder.Build();

        Assert.Same(_inner, Assert.IsType<FakeRetriever>(built).Inner);
        Assert.Same(_inner, new PassageRetrieverBuilder<string>(_ => _inner).Build());
        Assert.Same(_inner, new PassageRetrieverBuilder(_ => _inner).Build());
    }

    [Fact]
    public void Constructor_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new PassageRetrieverBuilder((IPassageRetriever)null!));
        Assert.Throws<ArgumentNullException>(() => new PassageRetrieverBuilder<string>((IPassageRetriever<string>)null!));
        Assert.Throws<ArgumentNullException>(() => ((IPassageRetriever)null!).AsBuilder());
        Assert.Throws<ArgumentNullException>(() => ((IPassageRetriever<string>)null!).AsBuilder());
    }
}
