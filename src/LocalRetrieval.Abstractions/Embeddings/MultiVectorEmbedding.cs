using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>A text as a vector for each of its tokens: what late interaction such as ColBERT compares.</summary>
/// <remarks>Safe for concurrent reading.</remarks>
public sealed class MultiVectorEmbedding : Embedding
{
    private readonly int _dimensions;

    /// <summary>Makes an embedding.</summary>
    /// <param name="vectors">The vectors one after another, [count, dimensions].</param>
    /// <param name="dimensions">The length of each vector, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="vectors"/> are no whole number of vectors.</exception>
    public MultiVectorEmbedding(ReadOnlyMemory<float> vectors, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (vectors.Length % dimensions != 0)
        {
            throw new ArgumentException($"{vectors.Length} values are no whole number of vectors of {dimensions}.", nameof(vectors));
        }

        Vectors = vectors;
        _dimensions = dimensions;
    }

    /// <summary>The vectors one after another, [<see cref="Count"/>, <see cref="Dimensions"/>].</summary>
    public ReadOnlyMemory<float> Vectors { get; }

    /// <summary>The number of vectors.</summary>
    public int Count => Vectors.Length / _dimensions;

    /// <summary>The length of each vector.</summary>
    public override int Dimensions => _dimensions;

    /// <summary>One of the vectors.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>.</param>
    public ReadOnlyMemory<float> this[int index] => Vectors.Slice(index * _dimensions, _dimensions);
}
