using LocalRetrieval.Rag;
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
        IndexingResult result = await indexer.IndexAsync(_passages, [new SourceDocument("quota.md", string.Join('\n', Lines), new TableReader())]);
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

    [Fact]
    public async Task RetrieveAsync_WithKeywords_HasEveryRowFirst()
    {
        IPassageRetriever retriever = _services.GetRequiredService<IPassageRetriever>();
        IKeywordSearchable<Passage> keywords = (IKeywordSearchable<Passage>)_passages!;
        List<string> missed = [];
        foreach (string row in Rows)
        {
            RetrievalResult result = await retriever.RetrieveAsync(Question(row));
            Dictionary<string, string> texts = result.Candidates.ToDictionary(passage => passage.Key, passage => passage.Text);
            List<ScoredKey<string>> words = [];
            await foreach (KeywordSearchResult<Passage> match in keywords.KeywordSearchAsync(Question(row), result.Candidates.Count))
            {
                words.Add(new ScoredKey<string>(match.Record.Key, match.Score));
            }

            IReadOnlyList<ScoredKey<string>> fused = RankFusion.MinMax([[.. result.Candidates.Select(passage => new ScoredKey<string>(passage.Key, passage.Score))], words]);
            if (!texts[fused[0].Key].Contains(row, StringComparison.Ordinal))
            {
                missed.Add(row);
            }
        }

        Assert.Empty(missed);
    }

    private static string Question(string row) => $"What is the write quota of {row.Split('|')[1].Trim()}?";

    /// <summary>Reads a heading and a table.</summary>
    private sealed class TableReader : TextDocumentReader
    {
        public override DocumentFormat Format { get; } = new() { Name = "table", Extensions = [".md"] };

        protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
        {
            DocumentContentBuilder builder = new(context);
            builder.AddHeading(1, text.Split('\n')[0].TrimStart('#', ' '));
            string[][] rows = [.. text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
            builder.BeginTable(rows[0]);
            foreach (string[] row in rows[1..])
            {
                builder.AddTableRow(row);
            }

            builder.EndTable();
            return builder.Build();
        }
    }
}
