using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>A text as weights of the vocabulary's tokens, most of them 0: what a sparse encoder such as SPLADE gives, and what an inverted index holds.</summary>
/// <remarks>Safe for concurrent reading.</remarks>
public sealed class SparseEmbedding : Embedding
{
    private readonly int _dimensions;

    /// <summary>Makes an embedding.</summary>
    /// <param name="indices">The token ids whose weights are not 0, ascending and each once.</param>
    /// <param name="weights">Their weights; as many as <paramref name="indices"/>.</param>
    /// <param name="dimensions">The size of the vocabulary.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the indices do not ascend below <paramref name="dimensions"/>.</exception>
    public SparseEmbedding(ReadOnlyMemory<int> indices, ReadOnlyMemory<float> weights, int dimensions)
    {
        if (indices.Length != weights.Length)
        {
            throw new ArgumentException($"There are {indices.Length} indices but {weights.Length} weights.", nameof(weights));
        }

        int previous = -1;
        foreach (int index in indices.Span)
        {
            if (index <= previous || index >= dimensions)
            {
                throw new ArgumentException($"Index {index} follows {previous}; expected ascending indices below {dimensions}.", nameof(indices));
            }

            previous = index;
        }

        Indices = indices;
        Weights = weights;
        _dimensions = dimensions;
    }

    /// <summary>The token ids whose weights are not 0, ascending.</summary>
    public ReadOnlyMemory<int> Indices { get; }

    /// <summary>The weights, in the order of <see cref="Indices"/>.</summary>
    public ReadOnlyMemory<float> Weights { get; }

    /// <summary>The size of the vocabulary.</summary>
    public override int Dimensions => _dimensions;

    /// <summary>The weights of all tokens, most of them 0, [<see cref="Dimensions"/>]: a new array.</summary>
    public float[] ToDense()
    {
        float[] dense = new float[_dimensions];
        for (int i = 0; i < Indices.Length; i++)
        {
            dense[Indices.Span[i]] = Weights.Span[i];
        }

        return dense;
    }

    /// <summary>The dot product: the similarity that sparse encoders are trained for.</summary>
    /// <param name="other">The other text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public float Dot(SparseEmbedding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ReadOnlySpan<int> left = Indices.Span;
        ReadOnlySpan<int> right = other.Indices.Span;
        float sum = 0;
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            if (left[i] == right[j])
            {
                sum += Weights.Span[i++] * other.Weights.Span[j++];
            }
            else if (left[i] < right[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return sum;
    }
}
