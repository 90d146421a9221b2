namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>A query of <see cref="BinaryCodes"/>.</summary>
/// <param name="planes">Its rotated components in four bits, <c>[word, bit]</c>: 64 components' lowest bits, then their second ones, and so on.</param>
/// <param name="scale">What a row's sum is multiplied with.</param>
/// <param name="length">The query's length.</param>
internal sealed class BinaryQuery(ulong[] planes, double scale, double length) : ProductQuery(scale, length)
{
    public ulong[] Planes => planes;

    /// <summary>The same as registers read it.</summary>
    public ulong[] Registers { get; } = BinaryKernel.Best.ToRegisters(planes);
}
