using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval;

/// <summary>Registers everything that retrieval needs, with the defaults together.</summary>
/// <remarks>
/// The embedded bi-encoder and cross-encoder, an in-memory vector store, a <see cref="PassageIndexer"/> and a retriever over one collection of
/// <see cref="Passage"/>. Each is a lazy singleton and can be registered by itself, with options; what is registered last wins.
/// </remarks>
public static class LocalRetrievalServiceCollectionExtensions
{
    /// <summary>The collection's name where none is given.</summary>
    public const string DefaultCollectionName = "passages";

    /// <summary>Registers embeddings, reranker, vector store, indexer and retriever: offline, with the embedded models.</summary>
    /// <param name="services">The services.</param>
    /// <param name="collectionName">The collection that is indexed and searched. The default is <see cref="DefaultCollectionName"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IServiceCollection AddLocalRetrieval(this IServiceCollection services, string collectionName = DefaultCollectionName) => services
        .AddLocalEmbeddings()
        .AddLocalReranker()
        .AddLocalVectorStore()
        .AddPassageIndexer()
        .AddPassageRetriever<string, Passage>(collectionName);

    /// <summary>Registers embeddings, reranker, vector store, indexer and retriever, with options bound from <paramref name="configuration"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">A section with the sections Embeddings, Reranker, Indexer and Retriever; each may be missing.</param>
    /// <param name="collectionName">The collection that is indexed and searched. The default is <see cref="DefaultCollectionName"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IServiceCollection AddLocalRetrieval(this IServiceCollection services, IConfiguration configuration, string collectionName = DefaultCollectionName)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services
            .AddLocalEmbeddings(configuration.GetSection("Embeddings"))
            .AddLocalReranker(configuration.GetSection("Reranker"))
            .AddLocalVectorStore()
            .AddPassageIndexer(configuration.GetSection("Indexer"))
            .AddPassageRetriever<string, Passage>(collectionName, configuration.GetSection("Retriever"));
    }

    /// <summary>Registers embeddings, reranker, vector store, indexer and retriever under <paramref name="serviceKey"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="collectionName">The collection that is indexed and searched. The default is <see cref="DefaultCollectionName"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IServiceCollection AddKeyedLocalRetrieval(this IServiceCollection services, object serviceKey, string collectionName = DefaultCollectionName) => services
        .AddKeyedLocalEmbeddings(serviceKey)
        .AddKeyedLocalReranker(serviceKey)
        .AddKeyedLocalVectorStore(serviceKey)
        .AddKeyedPassageIndexer(serviceKey)
        .AddKeyedPassageRetriever<string, Passage>(serviceKey, collectionName);

    /// <summary>Registers embeddings, reranker, vector store, indexer and retriever under <paramref name="serviceKey"/>, with options bound from <paramref name="configuration"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="configuration">A section with the sections Embeddings, Reranker, Indexer and Retriever; each may be missing.</param>
    /// <param name="collectionName">The collection that is indexed and searched. The default is <see cref="DefaultCollectionName"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IServiceCollection AddKeyedLocalRetrieval(
        this IServiceCollection services, object serviceKey, IConfiguration configuration, string collectionName = DefaultCollectionName)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services
            .AddKeyedLocalEmbeddings(serviceKey, configuration.GetSection("Embeddings"))
            .AddKeyedLocalReranker(serviceKey, configuration.GetSection("Reranker"))
            .AddKeyedLocalVectorStore(serviceKey)
            .AddKeyedPassageIndexer(serviceKey, configuration.GetSection("Indexer"))
            .AddKeyedPassageRetriever<string, Passage>(serviceKey, collectionName, configuration.GetSection("Retriever"));
    }
}
