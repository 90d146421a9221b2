using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Embeds texts by their role: what asks, and what is searched.</summary>
/// <remarks>
/// The role is the string under <see cref="EmbeddingPropertyNames.InputType"/> in the options, so that it passes through any middleware; a
/// generator that knows no roles pays no heed to it.
/// </remarks>
public static class EmbeddingRoleExtensions
{
    /// <summary>
    /// The generator for components that embed queries and pass no options, such as other vector stores and caches: a request that names no role is
    /// one of queries.
    /// </summary>
    /// <typeparam name="TEmbedding">The kind of embedding.</typeparam>
    /// <param name="generator">The generator. Its services are reached through what is returned, and disposing that disposes it.</param>
    /// <returns>A generator of the same vectors. A role that a request names itself is kept, the empty one (no prompt) too.</returns>
    /// <remarks>Without it such a text gets the model's default prompt or none, and finds less where the model has a prompt for queries. Safe for concurrent use if the generator is.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    public static IEmbeddingGenerator<string, TEmbedding> AsQueryGenerator<TEmbedding>(this IEmbeddingGenerator<string, TEmbedding> generator)
        where TEmbedding : Embedding => new RoleEmbeddingGenerator<TEmbedding>(generator, EmbeddingInputTypes.Query);

    /// <summary>
    /// The generator for components that embed documents and pass no options, such as other vector stores and caches: a request that names no role is
    /// one of documents.
    /// </summary>
    /// <typeparam name="TEmbedding">The kind of embedding.</typeparam>
    /// <param name="generator">The generator. Its services are reached through what is returned, and disposing that disposes it.</param>
    /// <returns>A generator of the same vectors. A role that a request names itself is kept, the empty one (no prompt) too.</returns>
    /// <remarks>Safe for concurrent use if the generator is.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    public static IEmbeddingGenerator<string, TEmbedding> AsDocumentGenerator<TEmbedding>(this IEmbeddingGenerator<string, TEmbedding> generator)
        where TEmbedding : Embedding => new RoleEmbeddingGenerator<TEmbedding>(generator, EmbeddingInputTypes.Document);

    /// <summary>Embeds a query.</summary>
    /// <typeparam name="TEmbedding">The kind of embedding.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="query">The text that asks.</param>
    /// <param name="options">What else is asked for; it is copied, not changed. A role in it is replaced.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The embedding.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> or <paramref name="query"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The generator gave another number of embeddings than one, or null.</exception>
    public static async Task<TEmbedding> GenerateQueryAsync<TEmbedding>(
        this IEmbeddingGenerator<string, TEmbedding> generator,
        string query,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(query);
        GeneratedEmbeddings<TEmbedding> embeddings =
            await GenerateAsync(generator, [query], EmbeddingInputTypes.QueryOptions(options), cancellationToken).ConfigureAwait(false);
        return embeddings.Count == 1
            ? embeddings[0]
            : throw new InvalidOperationException($"{generator.GetType().Name} gave {embeddings.Count} embeddings for one query.");
    }

    /// <summary>Embeds documents.</summary>
    /// <typeparam name="TEmbedding">The kind of embedding.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="documents">The texts that are searched.</param>
    /// <param name="options">What else is asked for; it is copied, not changed. A role in it is replaced.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>One embedding a document, in the input's order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> or <paramref name="documents"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The generator gave null, or null for a text; the message names its index.</exception>
    public static Task<GeneratedEmbeddings<TEmbedding>> GenerateDocumentsAsync<TEmbedding>(
        this IEmbeddingGenerator<string, TEmbedding> generator,
        IEnumerable<string> documents,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(documents);
        return GenerateAsync(generator, documents, EmbeddingInputTypes.DocumentOptions(options), cancellationToken);
    }

    private static async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync<TEmbedding>(
        IEmbeddingGenerator<string, TEmbedding> generator, IEnumerable<string> texts, EmbeddingGenerationOptions options, CancellationToken cancellationToken)
        where TEmbedding : Embedding =>
        GeneratedResults.OrThrow(await generator.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false), generator);
}
