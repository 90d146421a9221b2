namespace LocalRetrieval.Encoders;

/// <summary>One of sentence-transformers' modules that turn a vector into another, whatever stands beside it.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal interface IVectorModule
{
    /// <summary>How long the vectors are that come out.</summary>
    /// <param name="inputWidth">How long those are that go in.</param>
    /// <exception cref="InvalidDataException">The module is for vectors of another length.</exception>
    int OutputWidth(int inputWidth);

    /// <summary>Turns one vector into another; the two do not overlap.</summary>
    void Apply(ReadOnlySpan<float> source, Span<float> destination);
}
