namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>A query of <see cref="SByteCodes"/>.</summary>
/// <param name="values">The components in integers, and zeros up to a multiple of <see cref="SByteKernel.Step"/>.</param>
/// <param name="scale">What a row's sum is multiplied with.</param>
/// <param name="length">The query's length.</param>
internal sealed class SByteQuery(short[] values, double scale, double length) : ProductQuery(scale, length)
{
    public short[] Values => values;
}
