using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Retrieval;

/// <summary>The embedded models over a table of many like rows: the first passage for a row's question holds it.</summary>
public sealed class LongTableTests : IAsyncLifetime
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "quota.md"));
    private static readonly string[] Rows = [.. Lines.Where(line => line.StartsWith("| region-", StringComparison.Ordinal))];

    private readonly ServiceProvider _services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
    private VectorStoreCollection<string, Passage>? _passages;

    public async Task InitializeAsync()
    {
        PassageIndexer indexer = _services.GetRequiredService<PassageIndexer>();
        _passages = await indexer.GetCollectionAsync(_services.GetRequiredService<VectorStore>(), LocalRetrievalServiceCollectionExtensions.DefaultCollectionName);
        IndexingResult result = await indexer.IndexAsync(_passages, [new SourceDocument("quota.md", string.Join('\n', Lines))]);
        result.ThrowIfFailed();
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Theory]
    [InlineData(false, .95)]
    [InlineData(true, 1)]
    public async Task RetrieveAsync_QuestionForEachRow_HasItFirst(bool withKeywords, double share)
    {
        PassageRetriever<string, Passage> retriever = new(
            _passages!,
            _services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(),
            _services.GetRequiredService<ITextReranker>(),
            new PassageRetrieverOptions<Passage> { UseKeywords = withKeywords });
        List<string> missed = [];
        foreach (string row in Rows)
        {
            RetrievalResult<Passage> result = await retriever.RetrieveAsync(Question(row));
            Assert.All(result.Passages, passage => Assert.Contains("| Region | Read quota | Write quota | Unit |", passage.Text, StringComparison.Ordinal));
            if (!result.Passages[0].Text.Contains(row, StringComparison.Ordinal))
            {
                missed.Add(row);
            }
        }

        Assert.True(missed.Count <= (1 - share) * Rows.Length, $"{missed.Count} of {Rows.Length}: {string.Join('\n', missed)}");
    }

    private static string Question(string row) => $"What is the write quota of {row.Split('|')[1].Trim()}?";
}
