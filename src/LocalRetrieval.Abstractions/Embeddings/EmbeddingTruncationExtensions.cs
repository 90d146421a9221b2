using System.Globalization;
using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Reads how much of its text an embedding is of, wherever it comes from: a generator, or a cache that keeps embeddings as JSON.</summary>
/// <remarks>
/// The facts stand on each embedding under the keys of <see cref="EmbeddingPropertyNames"/>. A cache keeps embeddings one by one, so that a result's
/// own totals are lost with it; these methods count anew.
/// </remarks>
public static class EmbeddingTruncationExtensions
{
    /// <summary>The number of tokens of the text that the model did not read; 0 where it read all of it.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <exception cref="ArgumentNullException"><paramref name="embedding"/> is null.</exception>
    /// <exception cref="InvalidOperationException">What is written under <see cref="EmbeddingPropertyNames.DroppedTokens"/> is not a whole number.</exception>
    public static long GetDroppedTokens(this Embedding embedding)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        return Read(embedding, EmbeddingPropertyNames.DroppedTokens) ?? 0;
    }

    /// <summary>The number of windows that the text was read in; 1 where it was read at once.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <exception cref="ArgumentNullException"><paramref name="embedding"/> is null.</exception>
    /// <exception cref="InvalidOperationException">What is written under <see cref="EmbeddingPropertyNames.Windows"/> is not a whole number.</exception>
    public static long GetWindows(this Embedding embedding)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        return Read(embedding, EmbeddingPropertyNames.Windows) ?? 1;
    }

    /// <summary>The number of tokens, of all texts together, that the model did not read.</summary>
    /// <typeparam name="TEmbedding">The kind of embedding.</typeparam>
    /// <param name="embeddings">The embeddings.</param>
    /// <exception cref="ArgumentNullException"><paramref name="embeddings"/> is null.</exception>
    /// <exception cref="InvalidOperationException">What is written under <see cref="EmbeddingPropertyNames.DroppedTokens"/> is not a whole number.</exception>
    public static long GetDroppedTokens<TEmbedding>(this GeneratedEmbeddings<TEmbedding> embeddings)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return embeddings.Sum(embedding => embedding.GetDroppedTokens());
    }

    /// <summary>The number of texts that the model did not read to their end.</summary>
    /// <typeparam name="TEmbedding">The kind of embedding.</typeparam>
    /// <param name="embeddings">The embeddings.</param>
    /// <exception cref="ArgumentNullException"><paramref name="embeddings"/> is null.</exception>
    /// <exception cref="InvalidOperationException">What is written under <see cref="EmbeddingPropertyNames.DroppedTokens"/> is not a whole number.</exception>
    public static long GetTruncatedTexts<TEmbedding>(this GeneratedEmbeddings<TEmbedding> embeddings)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return embeddings.LongCount(embedding => embedding.GetDroppedTokens() > 0);
    }

    // A number that has been JSON is a JsonElement, whose text is the number's.
    private static long? Read(Embedding embedding, string name)
    {
        if (embedding.AdditionalProperties is not { } properties || !properties.TryGetValue(name, out object? value) || value is null)
        {
            return null;
        }

        string text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new InvalidOperationException($"The embedding's AdditionalProperties[\"{name}\"] is '{text}', expected a whole number.");
    }
}
