namespace LocalRetrieval.Packages.Tests;

/// <summary>All tests share one feed, and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PackageFeedCollection : ICollectionFixture<PackageFeed>
{
    public const string Name = "packages";
}
