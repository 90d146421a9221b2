using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Bench.Quality;

/// <summary>Fills a collection with a data set's documents, a passage each.</summary>
internal static class BeirCollection
{
    /// <summary>Embeds the documents with the services' generator and stores them in the services' store.</summary>
    public static Task<LocalVectorStoreCollection<string, Passage>> CreateAsync(
        IServiceProvider services, string name, IReadOnlyDictionary<string, string> corpus, CancellationToken cancellationToken) =>
        CreateAsync(services, services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(), name, corpus, cancellationToken);

    /// <summary>Embeds the documents with <paramref name="generator"/> and stores them in the services' store.</summary>
    public static async Task<LocalVectorStoreCollection<string, Passage>> CreateAsync(
        IServiceProvider services, IEmbeddingGenerator<string, Embedding<float>> generator, string name, IReadOnlyDictionary<string, string> corpus, CancellationToken cancellationToken)
    {
        LocalVectorStoreCollection<string, Passage> collection = services.GetRequiredService<LocalVectorStore>()
            .GetCollection<string, Passage>(name, await Passage.CreateDefinitionAsync(generator, cancellationToken));
        await collection.EnsureCollectionExistsAsync(cancellationToken);
        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(corpus.Values, cancellationToken: cancellationToken);
        IEnumerable<Passage> passages = corpus.Zip(embeddings, (document, embedding) =>
            new Passage { Key = document.Key, Source = document.Key, Text = document.Value, Vector = embedding.Vector });
        await collection.UpsertAsync(passages, cancellationToken);
        return collection;
    }
}
