namespace LocalRetrieval.VectorData.MultiVectors.FirstPass;

/// <summary>Makes one vector of several, so that the dot product of a query's and a row's tells about how the row scores.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal abstract class FirstPassEncoder
{
    /// <summary>How long the vectors are that it makes.</summary>
    public abstract int Dimensions { get; }

    /// <summary>The encoder that options ask for; null where they ask for none.</summary>
    /// <param name="options">The options.</param>
    /// <param name="dimensions">How long the vectors are that it is given.</param>
    public static FirstPassEncoder? For(MultiVectorOptions options, int dimensions) => options.FirstPass switch
    {
        MultiVectorFirstPass.Pooled => new PooledEncoder(dimensions),
        MultiVectorFirstPass.FixedDimensional => new FixedDimensionalEncoder(options.FixedDimensional, dimensions),
        _ => null,
    };

    /// <summary>Makes the vector of a query.</summary>
    /// <param name="vectors">Its vectors, <c>[vector, dimension]</c>.</param>
    /// <param name="encoded">Takes the vector: zeros.</param>
    public abstract void EncodeQuery(ReadOnlySpan<float> vectors, Span<float> encoded);

    /// <summary>Makes the vector of a row.</summary>
    /// <param name="vectors">Its vectors, <c>[vector, dimension]</c>, at least one.</param>
    /// <param name="encoded">Takes the vector: zeros.</param>
    public abstract void EncodeRow(ReadOnlySpan<float> vectors, Span<float> encoded);
}
