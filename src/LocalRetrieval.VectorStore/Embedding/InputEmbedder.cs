using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.AI;
using Vector = Microsoft.Extensions.AI.Embedding;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Makes vectors of the values of one type.</summary>
internal abstract class InputEmbedder(IEmbeddingGenerator generator)
{
    public IEmbeddingGenerator Generator => generator;

    /// <summary>What the vectors are.</summary>
    public abstract VectorKind Kind { get; }

    /// <summary>Finds the embedder of a type that is known at compile time.</summary>
    /// <param name="inputType">The type of the values.</param>
    /// <param name="kind">What is asked for; null for what the generator makes: dense vectors first, then sparse ones, then several a value.</param>
    /// <param name="generator">What makes the vectors.</param>
    /// <returns>The embedder, or null where the generator does not take the type.</returns>
    public static InputEmbedder? Find(Type inputType, VectorKind? kind, IEmbeddingGenerator generator) =>
        inputType == typeof(string) ? Find<string>(kind, generator)
        : typeof(DataContent).IsAssignableFrom(inputType) ? Find<DataContent>(kind, generator)
        : null;

    /// <summary>Finds the embedder of <typeparamref name="TInput"/>.</summary>
    /// <returns>The embedder, or null where the generator does not take the type.</returns>
    public static InputEmbedder? Find<TInput>(VectorKind? kind, IEmbeddingGenerator generator) => generator switch
    {
        IEmbeddingGenerator<TInput, Embedding<float>> dense when kind is null or VectorKind.Dense => new InputEmbedder<TInput, Embedding<float>>(dense),
        IEmbeddingGenerator<TInput, SparseEmbedding> sparse when kind is null or VectorKind.Sparse => new InputEmbedder<TInput, SparseEmbedding>(sparse),
        IEmbeddingGenerator<TInput, MultiVectorEmbedding> multi when kind is null or VectorKind.Multi => new InputEmbedder<TInput, MultiVectorEmbedding>(multi),
        _ => null,
    };

    /// <returns>What the generator gave, of the kind that <see cref="Kind"/> says.</returns>
    public abstract Task<IReadOnlyList<Vector>> EmbedAsync(
        IEnumerable<object> values, EmbeddingGenerationOptions options, CancellationToken cancellationToken);
}
