using System.Linq.Expressions;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Docs;

/// <summary>The generator of docs/retrieval.md, as it stands there.</summary>
public sealed class OwnStagePageTests
{
    [Fact]
    public void Page_Generator_IsThisOne()
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Rag.Tests", "Docs", "OwnStagePageTests.cs")).ReplaceLineEndings("\n");
        string snippet = source.Split("    // page\n")[1].Split("    // end\n")[0].Replace("    private sealed class", "    internal sealed class", StringComparison.Ordinal);
        string lines = string.Join('\n', snippet.TrimEnd().Split('\n').Select(line => line.Length > 4 ? line[4..] : ""));

        Assert.Contains($"```csharp\n{lines}\n```", File.ReadAllText(Checkout.Path("docs", "retrieval.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generator_OfThePage_FindsAndScores()
    {
        using FakeEmbeddingGenerator generator = new();
        using LocalVectorStore store = new();
        PassageIndexer indexer = new(generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(store, "docs");
        await indexer.IndexAsync(collection, [new SourceDocument("a.md", "Oil the chain."), new SourceDocument("b.md", "Grease the chain."), new SourceDocument("c.md", "Boil the pasta.")]);
        PassageRetrieverOptions<Passage> options = new();
        options.Generators.Add(new PopularPages(new PageCounts(collection)));
        options.Weights["popular"] = 100;

        RetrievalResult<Passage> result = await new PassageRetriever<string, Passage>(collection, generator, options: options).RetrieveAsync("chain");

        Assert.Equal(["c.md", "b.md", "a.md"], result.Passages.Select(passage => passage.Source));
        Assert.All(result.Passages, passage => Assert.NotNull(passage.Stage("popular")));
    }

    // page
    private sealed class PopularPages(PageCounts counts) : ICandidateGenerator<Passage>
    {
        public string Name => "popular";

        public async Task<IReadOnlyList<ScoredRecord<Passage>>> FindAsync(CandidateRequest<Passage> request, int count, CancellationToken cancellationToken) =>
            [.. (await counts.FirstAsync(count, request.Filter, cancellationToken)).Select(page => new ScoredRecord<Passage>(page.Passage, page.Views))];

        public Task<IReadOnlyList<double?>> ScoreAsync(CandidateRequest<Passage> request, IReadOnlyList<Passage> records, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<double?>>([.. records.Select(record => counts.ViewsOf(record.Source))]);
    }
    // end

    /// <summary>The later in the alphabet, the more often read; the first alone are found.</summary>
    private sealed class PageCounts(VectorStoreCollection<string, Passage> collection)
    {
        public async Task<IReadOnlyList<(Passage Passage, double Views)>> FirstAsync(int count, Expression<Func<Passage, bool>>? filter, CancellationToken cancellationToken) =>
            [.. (await collection.GetAsync(filter ?? (passage => passage.Source != "a.md"), count, cancellationToken: cancellationToken).ToListAsync(cancellationToken))
                .Select(passage => (passage, ViewsOf(passage.Source)!.Value)).OrderByDescending(page => page.Item2)];

        public double? ViewsOf(string source) => source[0] - 'a';
    }
}
