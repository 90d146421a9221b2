using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.Searching;

/// <summary>A record of nothing but a key and a vector.</summary>
internal sealed class BenchVector
{
    [VectorStoreKey]
    public int Key { get; set; }

    [VectorStoreVector(BenchRecord.Dimensions)]
    public ReadOnlyMemory<float> Vector { get; set; }
}
