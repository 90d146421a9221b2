using Microsoft.Extensions.AI;
using Vector = Microsoft.Extensions.AI.Embedding;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Makes vectors of the values of one type.</summary>
internal abstract class InputEmbedder(IEmbeddingGenerator generator)
{
    public IEmbeddingGenerator Generator => generator;

    /// <summary>Whether the vectors are <see cref="SparseEmbedding"/>, and not <c>Embedding&lt;float&gt;</c>.</summary>
    public abstract bool IsSparse { get; }

    /// <summary>Finds the embedder of a type that is known at compile time.</summary>
    /// <param name="inputType">The type of the values.</param>
    /// <param name="isSparse">Whether sparse vectors are asked for; null for what the generator makes, dense ones first.</param>
    /// <param name="generator">What makes the vectors.</param>
    /// <returns>The embedder, or null where the generator does not take the type.</returns>
    public static InputEmbedder? Find(Type inputType, bool? isSparse, IEmbeddingGenerator generator) =>
        inputType == typeof(string) ? Find<string>(isSparse, generator)
        : typeof(DataContent).IsAssignableFrom(inputType) ? Find<DataContent>(isSparse, generator)
        : null;

    /// <summary>Finds the embedder of <typeparamref name="TInput"/>.</summary>
    /// <returns>The embedder, or null where the generator does not take the type.</returns>
    public static InputEmbedder? Find<TInput>(bool? isSparse, IEmbeddingGenerator generator) => generator switch
    {
        IEmbeddingGenerator<TInput, Embedding<float>> dense when isSparse != true => new InputEmbedder<TInput, Embedding<float>>(dense),
        IEmbeddingGenerator<TInput, SparseEmbedding> sparse when isSparse != false => new InputEmbedder<TInput, SparseEmbedding>(sparse),
        _ => null,
    };

    /// <returns>What the generator gave, of the kind that <see cref="IsSparse"/> says.</returns>
    public abstract Task<IReadOnlyList<Vector>> EmbedAsync(
        IEnumerable<object> values, EmbeddingGenerationOptions options, CancellationToken cancellationToken);
}
