using System.Globalization;
using LocalRetrieval.Bench.Searching;

namespace LocalRetrieval.Bench.StoreOnDisk;

/// <summary>Records of 200 characters and 384 float32. They are made as they are needed, so that a million of them need not be in memory.</summary>
internal static class StoreRecords
{
    public const int Characters = 200;

    /// <summary>What a record's vector and text take.</summary>
    public const long Bytes = (BenchRecord.Dimensions * sizeof(float)) + Characters;

    private const int Vectors = 4096;
    private const int VectorStep = 97;

    private static readonly float[] Noise = MakeNoise();
    private static readonly string Filler = string.Concat(Enumerable.Repeat("The wheel is true when the rim runs between the pads without a sound. ", 5));

    /// <summary>The record of a key; other versions of it have another text.</summary>
    public static BenchRecord Make(int key, int version = 0)
    {
        string head = string.Create(CultureInfo.InvariantCulture, $"Record {key}, version {version}. ");
        return new BenchRecord
        {
            Key = key,
            Hundredth = key % 100,
            TenThousandth = key % 10_000,
            Text = string.Concat(head, Filler.AsSpan(key % 50, Characters - head.Length)),
            Vector = VectorOf(key),
        };
    }

    public static BenchRecord[] Make(IEnumerable<int> keys, int version = 0) => [.. keys.Select(key => Make(key, version))];

    /// <summary>The records of the keys from 0 on, in calls of some.</summary>
    public static IEnumerable<BenchRecord[]> Calls(int count, int recordsACall) =>
        Enumerable.Range(0, count).Chunk(recordsACall).Select(keys => Make(keys));

    /// <summary>A vector to search by.</summary>
    public static ReadOnlyMemory<float> Query(int number) => VectorOf(number * 31);

    private static ReadOnlyMemory<float> VectorOf(int number) => Noise.AsMemory((int)((long)number * VectorStep % Vectors) * BenchRecord.Dimensions, BenchRecord.Dimensions);

    private static float[] MakeNoise()
    {
        Random random = new(384);
        float[] noise = new float[Vectors * BenchRecord.Dimensions];
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = random.NextSingle() - .5f;
        }

        return noise;
    }
}
