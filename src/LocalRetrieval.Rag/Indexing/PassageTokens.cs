using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>What gives passages the vectors of their tokens, where an indexer has that, and the room that these take in a collection.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="generator">Makes the vectors; null where nobody wants them.</param>
internal sealed class PassageTokens(IEmbeddingGenerator<string, MultiVectorEmbedding>? generator)
{
    /// <summary>Makes the vectors; null where nobody wants them.</summary>
    public IEmbeddingGenerator<string, MultiVectorEmbedding>? Generator => generator;

    /// <summary>The encoder behind it; null where there is none.</summary>
    public GeneratorEncoder? Encoder { get; } = generator is null ? null : new GeneratorEncoder(generator);

    /// <summary>Options of a definition that has room for the vectors, where there are such.</summary>
    public async Task<PassageDefinitionOptions?> WithRoomAsync(PassageDefinitionOptions? options, CancellationToken cancellationToken)
    {
        if (generator is null || options?.TokenDimensions is not null)
        {
            return options;
        }

        int? known = generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions;
        return new PassageDefinitionOptions(options ?? new PassageDefinitionOptions())
        {
            TokenDimensions = known ?? (await generator.GenerateDocumentsAsync(["dimensions"], cancellationToken: cancellationToken).ConfigureAwait(false))[0].Dimensions,
        };
    }

    /// <summary>Refuses a collection that would drop the vectors.</summary>
    /// <exception cref="InvalidOperationException">There are such vectors, and the collection has no room for them.</exception>
    public void ThrowIfNoRoom(PassageCollection collection)
    {
        if (generator is not null && !collection.HasTokens)
        {
            throw new InvalidOperationException(
                $"The collection '{collection.Name}' has no room for the vectors of tokens that {nameof(PassageIndexerOptions)}.{nameof(PassageIndexerOptions.TokenGenerator)} makes: "
                    + $"its definition has no {nameof(PassageDefinitionOptions.TokenDimensions)}, or its store does not compare several vectors a record, as LocalVectorStore does. "
                    + $"Get it by {nameof(PassageIndexer)}.{nameof(PassageIndexer.GetCollectionAsync)}, or set {nameof(PassageDefinitionOptions)}.{nameof(PassageDefinitionOptions.TokenDimensions)}, "
                    + $"and fill it under another name where it is there without; or leave {nameof(PassageIndexerOptions.TokenGenerator)} null.");
        }
    }
}
