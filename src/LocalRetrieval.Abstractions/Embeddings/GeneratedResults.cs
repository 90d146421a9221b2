using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Refuses what a generator may not give.</summary>
internal static class GeneratedResults
{
    /// <exception cref="InvalidOperationException">There is no result, or one of its embeddings is null; the message names the generator and the index.</exception>
    public static GeneratedEmbeddings<TEmbedding> OrThrow<TEmbedding>(GeneratedEmbeddings<TEmbedding>? embeddings, IEmbeddingGenerator generator)
        where TEmbedding : Embedding
    {
        if (embeddings is null)
        {
            throw new InvalidOperationException($"{generator.GetType().Name} gave null instead of embeddings.");
        }

        for (int index = 0; index < embeddings.Count; index++)
        {
            if (embeddings[index] is null)
            {
                throw new InvalidOperationException($"{generator.GetType().Name} gave null as the embedding at index {index} of {embeddings.Count}.");
            }
        }

        return embeddings;
    }
}
