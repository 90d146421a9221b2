using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.JsonLines;

/// <summary>A record with vectors of every kind that it can hold, and data of several.</summary>
public sealed class Sample
{
    [VectorStoreKey(StorageName = "key")]
    public Guid Id { get; set; }

    [VectorStoreData(IsFullTextIndexed = true)]
    public string? Text { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DayOfWeek? Day { get; set; }

    [VectorStoreData]
    public Dictionary<string, decimal?>? Prices { get; set; }

    [VectorStoreData(StorageName = "ü \"quoted\"")]
    public List<string?> Tags { get; set; } = [];

    [VectorStoreVector(5)]
    public float[]? Floats { get; set; }

    [VectorStoreVector(5)]
    public ReadOnlyMemory<float>? Memory { get; set; }

    [VectorStoreVector(5)]
    public Half[]? Halves { get; set; }

    [VectorStoreVector(5)]
    public Embedding<float>? Embedding { get; set; }

    [VectorStoreVector(5)]
    public Embedding<Half>? HalfEmbedding { get; set; }

    [VectorStoreVector(100)]
    public SparseEmbedding? Sparse { get; set; }

    [VectorStoreVector(5)]
    public MultiVectorEmbedding? Several { get; set; }

    /// <summary>Makes random records, of which vectors may be any finite numbers.</summary>
    public static Sample[] Make(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Make(random))];
    }

    private static Sample Make(Random random) => new()
    {
        Id = Guid.CreateVersion7(),
        Text = random.Next(4) == 0 ? null : $"text {random.Next(9)}\n\"é\" {random.Next()}",
        Day = random.Next(3) == 0 ? null : (DayOfWeek)random.Next(7),
        Prices = random.Next(3) == 0 ? null : new() { ["a"] = 1.50m, ["\uD800"] = null },
        Tags = [.. Enumerable.Range(0, random.Next(4)).Select(i => i == 1 ? null : $"tag {i}")],
        Floats = random.Next(4) == 0 ? null : Floats5(random),
        Memory = random.Next(4) == 0 ? default(ReadOnlyMemory<float>?) : Floats5(random),
        Halves = random.Next(4) == 0 ? null : Halves5(random),
        Embedding = random.Next(4) == 0 ? null : new(Floats5(random)) { ModelId = random.Next(2) == 0 ? null : "a model", CreatedAt = random.Next(2) == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(random.Next()) },
        HalfEmbedding = random.Next(4) == 0 ? null : new(Halves5(random)) { ModelId = random.Next(2) == 0 ? null : "half" },
        Sparse = random.Next(4) == 0 ? null : Sparse100(random),
        Several = random.Next(4) == 0 ? null : Several5(random),
    };

    private static SparseEmbedding Sparse100(Random random)
    {
        int[] indices = [.. Enumerable.Range(0, 100).Where(_ => random.Next(12) == 0)];
        return new(indices, Array.ConvertAll(indices, _ => random.NextSingle()), 100) { ModelId = random.Next(2) == 0 ? null : "sparse" };
    }

    private static MultiVectorEmbedding Several5(Random random) =>
        new(TokenVectors.Exact(random, dimensions: 5).Vectors, 5) { ModelId = random.Next(2) == 0 ? null : "several" };

    private static float[] Floats5(Random random) => [.. Enumerable.Range(0, 5).Select(_ => Finite(random))];

    private static Half[] Halves5(Random random) => [Half.NegativeZero, .. Enumerable.Range(0, 4).Select(_ => (Half)random.NextSingle())];

    private static float Finite(Random random)
    {
        float number = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        return float.IsFinite(number) ? number : -0f;
    }
}
