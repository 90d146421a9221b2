using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.Searching;

/// <summary>A record with two indexed properties, one that 1 % of the records share a value of, and one that 0.01 % do.</summary>
internal sealed class BenchRecord
{
    public const int Dimensions = 384;

    [VectorStoreKey]
    public int Key { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int Hundredth { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int TenThousandth { get; set; }

    [VectorStoreData]
    public string Text { get; set; } = "";

    [VectorStoreVector(Dimensions)]
    public ReadOnlyMemory<float> Vector { get; set; }

    /// <summary>A record for each of the vectors.</summary>
    /// <param name="vectors">The vectors, <c>[record, dimension]</c>.</param>
    public static BenchRecord[] Of(ReadOnlyMemory<float> vectors) => [.. Enumerable.Range(0, vectors.Length / Dimensions).Select(row => new BenchRecord
    {
        Key = row,
        Hundredth = row % 100,
        TenThousandth = row % 10_000,
        Text = "A sentence.",
        Vector = vectors.Slice(row * Dimensions, Dimensions),
    })];
}
