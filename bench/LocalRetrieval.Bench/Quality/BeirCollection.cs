using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.Quality;

/// <summary>Fills a collection with a data set's documents, a passage each.</summary>
internal static class BeirCollection
{
    /// <summary>Embeds the documents with the services' generator and stores them in the services' store.</summary>
    public static async Task<VectorStoreCollection<string, Passage>> CreateAsync(
        IServiceProvider services, string name, IReadOnlyDictionary<string, string> corpus, CancellationToken cancellationToken)
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        VectorStoreCollection<string, Passage> collection = services.GetRequiredService<VectorStore>()
            .GetCollection<string, Passage>(name, await Passage.CreateDefinitionAsync(generator, cancellationToken));
        await collection.EnsureCollectionExistsAsync(cancellationToken);
        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(corpus.Values, cancellationToken: cancellationToken);
        await collection.UpsertAsync(
            corpus.Zip(embeddings, (document, embedding) => new Passage { Key = document.Key, Source = document.Key, Text = document.Value, Vector = embedding.Vector }), cancellationToken);
        return collection;
    }
}
