using System.Diagnostics.CodeAnalysis;
using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace LocalRetrieval.SemanticKernel;

/// <summary>Registers the parts of retrieval with a kernel.</summary>
/// <remarks>
/// Each does what the extension of <see cref="IServiceCollection"/> with the same name does, with a <c>serviceId</c> in place of a key, which is
/// last as Semantic Kernel's own extensions have it. A single part's options from a configuration are set by those, on <see cref="IKernelBuilder.Services"/>. A part looks for the others by its own id first, then without one.
/// </remarks>
public static class LocalRetrievalKernelBuilderExtensions
{
    private const DynamicallyAccessedMemberTypes Mapped = DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Registers embeddings, reranker, vector store, indexer and retriever: offline, with the embedded models.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="collectionName">The collection that is indexed and searched.</param>
    /// <param name="serviceId">The id of all of them; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IKernelBuilder AddLocalRetrieval(
        this IKernelBuilder builder, string collectionName = LocalRetrievalServiceCollectionExtensions.DefaultCollectionName, string? serviceId = null) =>
        Add(builder, services => serviceId is null ? services.AddLocalRetrieval(collectionName) : services.AddKeyedLocalRetrieval(serviceId, collectionName));

    /// <summary>Registers embeddings, reranker, vector store, indexer and retriever, with options from a configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">A section with the sections Embeddings, Reranker, VectorStore, Indexer and Retriever; each may be missing, and no other is taken.</param>
    /// <param name="collectionName">The collection that is indexed and searched.</param>
    /// <param name="serviceId">The id of all of them; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="section"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IKernelBuilder AddLocalRetrieval(
        this IKernelBuilder builder, IConfiguration section, string collectionName = LocalRetrievalServiceCollectionExtensions.DefaultCollectionName, string? serviceId = null) =>
        Add(builder, services => serviceId is null ? services.AddLocalRetrieval(section, collectionName) : services.AddKeyedLocalRetrieval(serviceId, section, collectionName));

    /// <summary>Registers an embedding generator: of a local model, by default the embedded one.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <param name="serviceId">Its id; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IKernelBuilder AddLocalEmbeddings(this IKernelBuilder builder, Action<LocalEmbeddingOptions>? configure = null, string? serviceId = null) =>
        Add(builder, services => serviceId is null ? services.AddLocalEmbeddings(configure) : services.AddKeyedLocalEmbeddings(serviceId, configure));

    /// <summary>Registers a reranker: a local cross-encoder, by default the embedded one.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <param name="serviceId">Its id; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IKernelBuilder AddLocalReranker(this IKernelBuilder builder, Action<LocalRerankerOptions>? configure = null, string? serviceId = null) =>
        Add(builder, services => serviceId is null ? services.AddLocalReranker(configure) : services.AddKeyedLocalReranker(serviceId, configure));

    /// <summary>Registers a vector store in memory.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <param name="serviceId">Its id; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IKernelBuilder AddLocalVectorStore(this IKernelBuilder builder, Action<LocalVectorStoreOptions>? configure = null, string? serviceId = null) =>
        Add(builder, services => serviceId is null ? services.AddLocalVectorStore(configure) : services.AddKeyedLocalVectorStore(serviceId, configure));

    /// <summary>Registers an indexer of documents.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <param name="serviceId">Its id; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IKernelBuilder AddPassageIndexer(this IKernelBuilder builder, Action<PassageIndexerOptions>? configure = null, string? serviceId = null) =>
        Add(builder, services => serviceId is null
            ? services.AddDocumentReaders().AddPassageIndexer(configure)
            : services.AddDocumentReaders().AddKeyedPassageIndexer(serviceId, configure));

    /// <summary>Registers a retriever over a collection of the registered vector store.</summary>
    /// <typeparam name="TKey">The type of the records' keys.</typeparam>
    /// <typeparam name="TRecord">The type of the records, such as <see cref="Passage"/>; others need <see cref="PassageRetrieverOptions{TRecord}.Mapping"/>.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="collectionName">The collection's name.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <param name="serviceId">Its id; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="collectionName"/> is null, empty or white space.</exception>
    public static IKernelBuilder AddPassageRetriever<TKey, [DynamicallyAccessedMembers(Mapped)] TRecord>(
        this IKernelBuilder builder, string collectionName, Action<PassageRetrieverOptions<TRecord>>? configure = null, string? serviceId = null)
        where TKey : notnull
        where TRecord : class =>
        Add(builder, services => serviceId is null
            ? services.AddPassageRetriever<TKey, TRecord>(collectionName, configure)
            : services.AddKeyedPassageRetriever<TKey, TRecord>(serviceId, collectionName, configure));

    private static IKernelBuilder Add(IKernelBuilder builder, Func<IServiceCollection, IServiceCollection> add)
    {
        ArgumentNullException.ThrowIfNull(builder);
        add(builder.Services);
        return builder;
    }
}
