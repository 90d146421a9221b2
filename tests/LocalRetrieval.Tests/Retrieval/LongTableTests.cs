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

    [Fact]
    public async Task RetrieveAsync_QuestionForEachRow_HasItFirst()
    {
        IPassageRetriever retriever = _services.GetRequiredService<IPassageRetriever>();
        int found = 0;
        foreach (string row in Rows)
        {
            RetrievalResult result = await retriever.RetrieveAsync(Question(row));
            Assert.All(result.Passages, passage => Assert.Contains("| Region | Read quota | Write quota | Unit |", passage.Text, StringComparison.Ordinal));
            found += result.Passages[0].Text.Contains(row, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(found >= .95 * Rows.Length, $"{found} of {Rows.Length}");
    }

    /// <summary>The keywords of "region-15" are also those of the row of region-5, whose quota is 15, and the vectors of such rows are all but alike: they weigh half.</summary>
    [Fact]
    public async Task RetrieveAsync_WithKeywords_HasEveryRowFirst()
    {
        PassageRetriever<string, Passage> retriever = new(
            _passages!,
            _services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(),
            _services.GetRequiredService<ITextReranker>(),
            new PassageRetrieverOptions<Passage> { VectorWeight = .5 });
        List<string> missed = [];
        foreach (string row in Rows)
        {
            RetrievalResult<Passage> result = await retriever.RetrieveAsync(Question(row));
            List<ScoredKey<string>> keywords = [];
            await foreach (KeywordSearchResult<Passage> match in ((IKeywordSearchable<Passage>)_passages!).KeywordSearchAsync(Question(row), result.Candidates.Count))
            {
                keywords.Add(new ScoredKey<string>(match.Record.Key, match.Score));
            }

            ScoredKey<string>[] models = [.. result.Candidates.OrderBy(passage => passage.Rank).Select(passage => new ScoredKey<string>(passage.Key, passage.Score))];
            string first = RankFusion.MinMax([models, keywords])[0].Key;
            if (!result.Candidates.Single(passage => passage.Key == first).Text.Contains(row, StringComparison.Ordinal))
            {
                missed.Add(row);
            }
        }

        Assert.Empty(missed);
    }

    private static string Question(string row) => $"What is the write quota of {row.Split('|')[1].Trim()}?";
}
