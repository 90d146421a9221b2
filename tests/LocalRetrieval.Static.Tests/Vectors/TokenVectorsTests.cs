using LocalRetrieval.Testing;
using LocalRetrieval.Encoders.Safetensors;
using LocalRetrieval.Static.Vectors;

namespace LocalRetrieval.Static.Tests.Vectors;

/// <summary>Means against those of the definition, value by value in double precision.</summary>
public sealed class TokenVectorsTests : IDisposable
{
    private const int Rows = 40;

    private readonly string _path = Path.GetTempFileName();

    public static TheoryData<string, int, bool, bool> Shapes
    {
        get
        {
            TheoryData<string, int, bool, bool> shapes = [];
            foreach (string type in new[] { "F32", "F16", "BF16", "F64", "I8" })
            {
                foreach (int dimensions in new[] { 1, 31, 64, 97 })
                {
                    shapes.Add(type, dimensions, false, false);
                    shapes.Add(type, dimensions, true, false);
                    shapes.Add(type, dimensions, true, true);
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Mean_RandomRows_EqualsTheDefinition(string type, int dimensions, bool weighted, bool mapped)
    {
        Random random = new(dimensions);
        double[] values = RandomValues(type, Rows * dimensions, random, out byte[] bytes);
        float[]? weights = weighted ? [.. Enumerable.Range(0, Rows).Select(_ => random.NextSingle())] : null;
        int[]? mapping = mapped ? [.. Enumerable.Range(0, Rows).Select(_ => random.Next(Rows))] : null;
        TokenVectors vectors = new(Table(type, dimensions, bytes), mapping, weights);
        foreach (int count in new[] { 1, 2, 255, 256, 257, 700 })
        {
            int[] ids = [.. Enumerable.Range(0, count).Select(_ => random.Next(Rows))];
            float[] mean = new float[dimensions];

            vectors.Mean(ids, mean);

            for (int i = 0; i < dimensions; i++)
            {
                double expected = ids.Average(id => values[((mapping?[id] ?? id) * dimensions) + i] * (weights?[id] ?? 1));
                Assert.Equal(expected, mean[i], 1e-5 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Mean_LargestIntegers_DoNotOverflow()
    {
        TokenVectors vectors = new(Table("I8", 64, [.. Enumerable.Repeat(unchecked((byte)-128), 64), .. Enumerable.Repeat((byte)127, 64)]), null, null);
        float[] mean = new float[64];

        vectors.Mean(new int[5000], mean);
        Assert.All(mean, value => Assert.Equal(-128, value));
        vectors.Mean([.. Enumerable.Repeat(1, 5000)], mean);
        Assert.All(mean, value => Assert.Equal(127, value));
    }

    [Fact]
    public void Mean_NoTokens_IsZero()
    {
        float[] mean = [1, 2];

        new TokenVectors(Table("F32", 2, new byte[8]), null, null).Mean([], mean);

        Assert.Equal([0, 0], mean);
    }

    public void Dispose() => File.Delete(_path);

    private EmbeddingTable Table(string type, int dimensions, byte[] bytes)
    {
        long rows = bytes.Length / dimensions / SafetensorsHeader.SizeOf(type);
        File.WriteAllBytes(_path, SafetensorsWriter.File(("embeddings", type, [rows, dimensions], bytes)));
        SafetensorsFile file = SafetensorsFile.Open(_path);
        return EmbeddingTable.Read(file, file.Find("embeddings")!);
    }

    private static double[] RandomValues(string type, int count, Random random, out byte[] bytes)
    {
        float[] singles = [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 4) - 2))];
        switch (type)
        {
            case "I8":
                sbyte[] integers = Array.ConvertAll(singles, value => (sbyte)(value * 63));
                bytes = SafetensorsWriter.Bytes(integers);
                return Array.ConvertAll(integers, value => (double)value);
            case "F16":
                Half[] halves = Array.ConvertAll(singles, value => (Half)value);
                bytes = SafetensorsWriter.Bytes(halves);
                return Array.ConvertAll(halves, value => (double)value);
            case "BF16":
                ushort[] upper = Array.ConvertAll(singles, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
                bytes = SafetensorsWriter.Bytes(upper);
                return Array.ConvertAll(upper, value => (double)BitConverter.UInt32BitsToSingle((uint)value << 16));
            case "F64":
                double[] doubles = Array.ConvertAll(singles, value => (double)value);
                bytes = SafetensorsWriter.Bytes(doubles);
                return doubles;
            default:
                bytes = SafetensorsWriter.Bytes(singles);
                return Array.ConvertAll(singles, value => (double)value);
        }
    }
}
