using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Readme;

/// <summary>The README's code, compiled; ReadmeTests compares the text and runs it.</summary>
internal static class ReadmeSnippets
{
    public static async Task RetrieveAsync(TextWriter output)
    {
        // snippet: retrieve
        await using var services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();

        var indexer = services.GetRequiredService<PassageIndexer>();
        var passages = await indexer.GetCollectionAsync(services.GetRequiredService<VectorStore>(), "passages");
        var indexed = await indexer.IndexAsync(passages, SourceDocument.FromFolder("docs"));
        output.WriteLine(indexed);   // 14 documents indexed, 0 failed, 17 skipped; …: which and why is in indexed.Skipped
        indexed.ThrowIfFailed();

        var retriever = services.GetRequiredService<IPassageRetriever>();
        var found = await retriever.RetrieveAsync("Why does a retry make an outage worse?");
        foreach (var passage in found.Passages)
            output.WriteLine($"{passage.Score:F2}  {passage.Source}  {passage.HeadingPath}");
        // end
    }

    public static void Register(IServiceCollection services)
    {
        // snippet: register
        services.AddLocalEmbeddings();                                        // IEmbeddingGenerator<string, Embedding<float>>
        services.AddLocalReranker();                                          // ITextReranker
        services.AddLocalVectorStore();                                       // VectorStore
        services.AddPassageIndexer();                                         // PassageIndexer
        services.AddPassageRetriever<string, Passage>("docs");                // IPassageRetriever: by vectors and words, rerank 50, keep 5
        services.AddKeyedLocalEmbeddings("bge", o => o.ModelPath = "models/bge-small-en-v1.5");   // any hub folder
        services.AddKeyedLocalEmbeddings("fast", o => o.Model = LocalModels.Static);   // microseconds a text, no neural network
        // end
    }

    public static async Task SyncAsync(PassageIndexer indexer, VectorStoreCollection<string, Passage> passages, IServiceCollection services)
    {
        // snippet: sync
        await indexer.SyncAsync(passages, "docs", scope: "docs");             // new, changed, renamed and vanished files; what stayed is not read again
        services.AddPassageSync("passages", o => o.Folder = "docs");          // PassageSync: at start, and with each change
        // end
    }

    public static async Task<int> EmbedAsync(IEmbeddingGenerator<string, Embedding<float>> generator, string[] texts, IServiceCollection services)
    {
        // snippet: embed
        Embedding<float> query = await generator.GenerateQueryAsync("How do cats sleep?");                 // with the model's prompt for queries
        GeneratedEmbeddings<Embedding<float>> documents = await generator.GenerateDocumentsAsync(texts);   // … and for documents
        IEmbeddingGenerator<string, Embedding<float>> queries = generator.AsQueryGenerator();              // for what passes no options: AsDocumentGenerator() too
        IEmbeddingGenerator<string, BinaryEmbedding> bits = generator.AsBinary();                          // AsHalf(); AsSByte(calibration)
        services.AddLocalEmbeddings(o => o.Truncation = TruncationPolicy.ChunkAndPool);                    // or Throw; Truncate is the default
        // end
        BinaryEmbedding binary = await bits.GenerateAsync("How do cats sleep?");
        return documents.Count + query.Vector.Length - binary.Vector.Length + (await queries.GenerateAsync([])).Count;
    }
}
