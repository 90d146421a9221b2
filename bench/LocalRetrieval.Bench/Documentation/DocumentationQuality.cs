using System.Globalization;
using System.Text;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.Documentation;

/// <summary>What the defaults make of public documentation: passages, tokens, and where the right file stands among those that are found.</summary>
internal static class DocumentationQuality
{
    private const int Depth = 10;

    public static async Task<string> RunAsync(string folder, CancellationToken cancellationToken)
    {
        StringBuilder table = new("| | files | passages | tokens embedded | first | among three | MRR@10 |\n|---|---:|---:|---:|---:|---:|---:|\n");
        StringBuilder details = new();
        foreach ((string name, DocumentationSet set) in DocumentationSet.ReadAll())
        {
            await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
            string checkout = set.Locate(folder);
            (int documents, int passages, long tokens) = await IndexAsync(services, checkout, set, cancellationToken);
            int[] ranks = new int[set.Questions.Count];
            for (int index = 0; index < ranks.Length; index++)
            {
                ranks[index] = await RankAsync(services, set.Questions[index], cancellationToken);
            }

            table.Append(CultureInfo.InvariantCulture, $"| {name} | {documents} | {passages:N0} | {tokens:N0} | {ranks.Count(rank => rank == 1)} of {ranks.Length} | ")
                .Append(CultureInfo.InvariantCulture, $"{ranks.Count(rank => rank is >= 1 and <= 3)} of {ranks.Length} | {ranks.Average(rank => rank == 0 ? 0 : 1.0 / rank):F3} |\n");
            details.Append(CultureInfo.InvariantCulture, $"- {name}: {set.Repository} at {set.Commit}, *.md of {set.Path}, SHA-256 {set.Sha256}; ranks of the right file: {string.Join(", ", ranks.Select(rank => rank == 0 ? "-" : $"{rank}"))}\n");
        }

        string before = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Documentation", "before.md"), cancellationToken);
        return $"{table}\n{before}\n{details}";
    }

    private static async Task<(int Documents, int Passages, long Tokens)> IndexAsync(
        ServiceProvider services, string checkout, DocumentationSet set, CancellationToken cancellationToken)
    {
        PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(services.GetRequiredService<VectorStore>(), "passages", cancellationToken);
        string root = Path.Combine(checkout, set.Path);
        SourceDocument[] documents =
        [
            .. Directory.EnumerateFiles(root, "*.md", SearchOption.AllDirectories)
                .Select(file => SourceDocument.FromFile(file, Path.GetRelativePath(checkout, file).Replace('\\', '/')))
                .OrderBy(document => document.Source, StringComparer.Ordinal),
        ];
        IndexingResult result = await indexer.IndexAsync(collection, documents, cancellationToken: cancellationToken);
        result.ThrowIfFailed();
        ITokenCounter counter = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetRequiredService<ITokenCounter>();
        long tokens = 0;
        int passages = 0;
        await foreach (Passage passage in collection.GetAsync(passage => passage.Source != "", int.MaxValue, cancellationToken: cancellationToken))
        {
            passages++;
            tokens += counter.CountTokens(passage.EmbeddedText);
        }

        return (documents.Length, passages, tokens);
    }

    /// <summary>The rank of the first right file among the files of the passages that are found; 0 where it is not among the first ten.</summary>
    private static async Task<int> RankAsync(ServiceProvider services, DocumentationQuestion question, CancellationToken cancellationToken)
    {
        RetrievalResult found = await services.GetRequiredService<IPassageRetriever>()
            .RetrieveAsync(question.Question, new RetrievalOptions { Top = 100 }, cancellationToken);
        string?[] sources = [.. found.Passages.Select(passage => passage.Source).Distinct().Take(Depth)];
        return Array.FindIndex(sources, source => question.Right.Contains(source)) + 1;
    }
}
