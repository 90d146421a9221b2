namespace SemanticKernelRag.Tests;

[CollectionDefinition(Name)]
public sealed class TeaCollection : ICollectionFixture<TeaFixture>
{
    public const string Name = "tea";
}
