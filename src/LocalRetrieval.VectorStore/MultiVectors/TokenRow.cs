namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>The vectors of one row as they are stored: int8 with a scale each, or float32.</summary>
/// <param name="count">How many there are.</param>
/// <param name="codes">The int8, <c>[vector, stride]</c>; empty for float32.</param>
/// <param name="scales">What a vector's int8 are multiplied with; empty for float32.</param>
/// <param name="floats">The float32, <c>[vector, dimension]</c>; empty for int8.</param>
internal readonly ref struct TokenRow(int count, ReadOnlySpan<sbyte> codes, ReadOnlySpan<float> scales, ReadOnlySpan<float> floats)
{
    public int Count { get; } = count;

    public ReadOnlySpan<sbyte> Codes { get; } = codes;

    public ReadOnlySpan<float> Scales { get; } = scales;

    public ReadOnlySpan<float> Floats { get; } = floats;
}
