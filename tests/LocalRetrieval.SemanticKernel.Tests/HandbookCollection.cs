namespace LocalRetrieval.SemanticKernel.Tests;

[CollectionDefinition(Name)]
public sealed class HandbookCollection : ICollectionFixture<HandbookFixture>
{
    public const string Name = "handbook";
}
