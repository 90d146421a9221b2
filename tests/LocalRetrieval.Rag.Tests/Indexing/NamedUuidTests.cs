namespace LocalRetrieval.Rag.Tests.Indexing;

public sealed class NamedUuidTests
{
    /// <summary>The example of RFC 9562, appendix A.4.</summary>
    [Fact]
    public void Create_ExampleOfTheStandard_IsThatUuid() =>
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), NamedUuid.Create(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"));
}
