using System.Text.Json;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Documentation;
using LocalRetrieval.Rag;
using LocalRetrieval.Static;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.Searching;

/// <summary>Documents with fields, and questions with the ids of what is right, one of several documents' ids counting once.</summary>
internal sealed record FieldedSet(string Name, IReadOnlyList<FieldedDocument> Documents, IReadOnlyList<(string Text, IReadOnlyDictionary<string, int> Right)> Questions)
{
    /// <summary>A data set in BEIR's layout, its titles apart from its texts.</summary>
    public static FieldedSet ReadBeir(string name)
    {
        string folder = BenchData.Shared("eval", name);
        BeirDataset data = BeirDataset.Read(folder);
        List<FieldedDocument> documents = [];
        foreach (string line in File.ReadLines(Path.Combine(folder, "corpus.jsonl")))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            documents.Add(new FieldedDocument(
                row.RootElement.GetProperty("_id").GetString()!, row.RootElement.GetProperty("title").GetString(), HeadingPath: null, row.RootElement.GetProperty("text").GetString()!));
        }

        return new FieldedSet(name, documents, [.. data.Queries.Select(query => (query.Value, data.Qrels[query.Key]))]);
    }

    /// <summary>The passages of a documentation set; a passage's id is its file.</summary>
    public static async Task<FieldedSet> ReadDocumentationAsync(string name, DocumentationSet set, string folder, CancellationToken cancellationToken)
    {
        string checkout = set.Locate(folder);
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(LocalModels.Static.Locate());
        using LocalVectorStore store = new();
        PassageIndexer indexer = new(generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(store, name, cancellationToken);
        IEnumerable<SourceDocument> files = Directory.EnumerateFiles(Path.Combine(checkout, set.Path), "*.md", SearchOption.AllDirectories)
            .Select(file => SourceDocument.FromFile(file, Path.GetRelativePath(checkout, file).Replace('\\', '/')))
            .OrderBy(document => document.Source, StringComparer.Ordinal);
        (await indexer.IndexAsync(collection, files, cancellationToken: cancellationToken)).ThrowIfFailed();
        FieldedDocument[] passages = await collection.GetAsync(passage => passage.Source != "", int.MaxValue, cancellationToken: cancellationToken)
            .Select(passage => new FieldedDocument(passage.Source, passage.Title, passage.HeadingPath, passage.Text)).ToArrayAsync(cancellationToken);
        return new FieldedSet(name, passages, [.. set.Questions.Select(question => (question.Question, Right(question)))]);
    }

    private static Dictionary<string, int> Right(DocumentationQuestion question) => question.Right.ToDictionary(file => file, _ => 1);
}
