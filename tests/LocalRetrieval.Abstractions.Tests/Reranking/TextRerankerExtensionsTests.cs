using LocalRetrieval.Testing;


namespace LocalRetrieval.Abstractions.Tests.Reranking;

public sealed class TextRerankerExtensionsTests
{
    [Fact]
    public async Task RerankAsync_Values_ComeBackThemselvesAndAreEnumeratedOnce()
    {
        using FakeReranker reranker = new();
        int enumerations = 0;
        IEnumerable<Uri> Links()
        {
            enumerations++;
            yield return new Uri("http://a");
            yield return new Uri("http://abc");
        }

        IReadOnlyList<RerankedItem<Uri>> result = await reranker.RerankAsync("query", Links(), link => link.Host);

        Assert.Equal(["abc", "a"], result.Select(entry => entry.Item.Host));
        Assert.Equal([1, 0], result.Select(entry => entry.Document.Index));
        Assert.Equal(1, enumerations);
    }

    [Fact]
    public void GetRequiredService_Missing_NamesTheTypeAndTheKey()
    {
        using FakeReranker reranker = new();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => reranker.GetRequiredService<TextRerankerMetadata>("mine"));

        Assert.Contains(nameof(TextRerankerMetadata), exception.Message, StringComparison.Ordinal);
        Assert.Contains("mine", exception.Message, StringComparison.Ordinal);
        Assert.Same(reranker, reranker.GetRequiredService<FakeReranker>());
    }
}
