using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Embeds texts by their role: what asks, and what is searched.</summary>
/// <remarks>
/// The role is the string under <see cref="EmbeddingPropertyNames.InputType"/> in the options, so that it passes through any middleware; a
/// generator that knows no roles pays no heed to it.
/// </remarks>
public static class EmbeddingRoleExtensions
{
    /// <summary>Embeds a query.</summary>
    /// <typeparam name="TEmbedding">The kind of embedding.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="query">The text that asks.</param>
    /// <param name="options">What else is asked for; it is copied, not changed. A role in it is replaced.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The embedding.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> or <paramref name="query"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The generator gave another number of embeddings than one.</exception>
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
            await generator.GenerateAsync([query], EmbeddingInputTypes.QueryOptions(options), cancellationToken).ConfigureAwait(false);
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
    public static Task<GeneratedEmbeddings<TEmbedding>> GenerateDocumentsAsync<TEmbedding>(
        this IEmbeddingGenerator<string, TEmbedding> generator,
        IEnumerable<string> documents,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(documents);
        return generator.GenerateAsync(documents, EmbeddingInputTypes.DocumentOptions(options), cancellationToken);
    }
}
