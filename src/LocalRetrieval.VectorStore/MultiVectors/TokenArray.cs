namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>The vectors of one row, as they are stored, in memory of their own.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class TokenArray
{
    private readonly TokenFormat _format;
    private readonly int _count;
    private readonly byte[] _written;
    private readonly float[] _scales;

    /// <param name="format">How vectors are written.</param>
    /// <param name="vectors">The vectors, <c>[vector, dimension]</c>.</param>
    public TokenArray(TokenFormat format, ReadOnlySpan<float> vectors)
    {
        _format = format;
        _count = vectors.Length / format.Dimensions;
        _written = new byte[_count * format.VectorLength];
        _scales = new float[format.IsQuantized ? _count : 0];
        format.Write(vectors, _written, _scales);
    }

    /// <param name="format">How vectors are written.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="written">What was written.</param>
    /// <param name="scales">The scales, where there are any.</param>
    public TokenArray(TokenFormat format, int count, ReadOnlySpan<byte> written, ReadOnlySpan<float> scales)
    {
        _format = format;
        _count = count;
        _written = written.ToArray();
        _scales = scales.ToArray();
    }

    public TokenRow Row => _format.RowOf(_count, _written, _scales);
}
