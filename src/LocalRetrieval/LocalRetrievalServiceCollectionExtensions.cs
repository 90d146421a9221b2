using LocalRetrieval.DependencyInjection.Configuration;
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

    private const string Embeddings = "Embeddings";
    private const string Reranker = "Reranker";
    private const string Store = "VectorStore";
    private const string Indexer = "Indexer";
    private const string Retriever = "Retriever";

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
        .AddDocumentReaders()
        .AddPassageIndexer()
        .AddPassageRetriever<string, Passage>(collectionName);

    /// <summary>Registers embeddings, reranker, vector store, indexer and retriever, with options from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">A section with the sections Embeddings, Reranker, VectorStore, Indexer and Retriever; each may be missing, and no other is taken.</param>
    /// <param name="collectionName">The collection that is indexed and searched. The default is <see cref="DefaultCollectionName"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IServiceCollection AddLocalRetrieval(this IServiceCollection services, IConfiguration section, string collectionName = DefaultCollectionName)
    {
        ArgumentNullException.ThrowIfNull(section);
        return services
            .AddLocalEmbeddings(section.GetSection(Embeddings), _ => RefuseOtherParts(section))
            .AddLocalReranker(section.GetSection(Reranker), _ => RefuseOtherParts(section))
            .AddLocalVectorStore(section.GetSection(Store), _ => RefuseOtherParts(section))
            .AddDocumentReaders()
            .AddPassageIndexer(section.GetSection(Indexer), _ => RefuseOtherParts(section))
            .AddPassageRetriever<string, Passage>(collectionName, section.GetSection(Retriever), _ => RefuseOtherParts(section));
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
        .AddDocumentReaders()
        .AddKeyedPassageIndexer(serviceKey)
        .AddKeyedPassageRetriever<string, Passage>(serviceKey, collectionName);

    /// <summary>Registers embeddings, reranker, vector store, indexer and retriever under <paramref name="serviceKey"/>, with options from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="section">A section with the sections Embeddings, Reranker, VectorStore, Indexer and Retriever; each may be missing, and no other is taken.</param>
    /// <param name="collectionName">The collection that is indexed and searched. The default is <see cref="DefaultCollectionName"/>.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IServiceCollection AddKeyedLocalRetrieval(
        this IServiceCollection services, object serviceKey, IConfiguration section, string collectionName = DefaultCollectionName)
    {
        ArgumentNullException.ThrowIfNull(section);
        return services
            .AddKeyedLocalEmbeddings(serviceKey, section.GetSection(Embeddings), _ => RefuseOtherParts(section))
            .AddKeyedLocalReranker(serviceKey, section.GetSection(Reranker), _ => RefuseOtherParts(section))
            .AddKeyedLocalVectorStore(serviceKey, section.GetSection(Store), _ => RefuseOtherParts(section))
            .AddDocumentReaders()
            .AddKeyedPassageIndexer(serviceKey, section.GetSection(Indexer), _ => RefuseOtherParts(section))
            .AddKeyedPassageRetriever<string, Passage>(serviceKey, collectionName, section.GetSection(Retriever), _ => RefuseOtherParts(section));
    }

    // Every part checks the whole: without a host, what is resolved first may be any of them.
    private static void RefuseOtherParts(IConfiguration section) =>
        ConfigurationSections.RefuseOtherKeys(section, "LocalRetrieval", [Embeddings, Reranker, Store, Indexer, Retriever]);
}
