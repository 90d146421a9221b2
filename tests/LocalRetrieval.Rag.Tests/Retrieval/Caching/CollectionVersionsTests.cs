namespace LocalRetrieval.Rag.Tests.Retrieval.Caching;

public sealed class CollectionVersionsTests
{
    [Fact]
    public async Task GetVersionAsync_Several_ChangesWithEach()
    {
        FakeVersion first = new() { Version = "1" };
        FakeVersion second = new() { Version = "12" };
        ICollectionVersion both = CollectionVersions.Of([first, second])!;
        List<string?> versions = [await both.GetVersionAsync()];

        (first.Version, second.Version) = ("11", "2");
        versions.Add(await both.GetVersionAsync());
        second.Version = "3";
        versions.Add(await both.GetVersionAsync());

        Assert.Equal(3, versions.OfType<string>().Distinct().Count());
        second.Version = null;
        Assert.Null(await both.GetVersionAsync());
    }

    [Fact]
    public void Of_OneThatIsNotKnown_IsNull()
    {
        FakeVersion known = new();

        Assert.Same(known, CollectionVersions.Of([known]));
        Assert.Null(CollectionVersions.Of([known, null]));
        Assert.Null(CollectionVersions.Of([]));
        Assert.Null(CollectionVersions.Of(null));
    }

    private sealed class FakeVersion : ICollectionVersion
    {
        public string? Version { get; set; }

        public ValueTask<string?> GetVersionAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(Version);
    }
}
