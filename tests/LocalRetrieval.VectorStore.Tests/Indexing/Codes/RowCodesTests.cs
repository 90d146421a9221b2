using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Codes;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Tests.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Codes;

public sealed class RowCodesTests
{
    public static TheoryData<VectorQuantization, string> Kinds => CodeKinds.Theory;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Compare_ListedAndNeighbouringRows_AreTheSameBitForBit(VectorQuantization quantization, string function)
    {
        foreach (int dimensions in new[] { 3, 24, 100, 384 })
        {
            Random random = new(dimensions);
            // More than one block of the longest ones.
            int rows = dimensions == 384 ? 5000 : 300;
            RowCodes codes = Fill(quantization, function, dimensions, rows, random);
            RowQuery query = codes.Prepare(Vector(random, dimensions));
            float[] neighbours = new float[rows];
            codes.Compare(query, 0, neighbours);
            int[] list = [.. Enumerable.Range(0, 201).Select(_ => random.Next(rows))];
            float[] listed = new float[list.Length];
            float[] some = new float[77];

            codes.Compare(query, list, listed);
            codes.Compare(query, 123, some);

            Assert.Equal(list.Select(row => neighbours[row]), listed);
            Assert.Equal(neighbours.AsSpan(123, 77).ToArray(), some);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Compare_RandomVectors_IsAboutTheNearnessOfTheWholeVectors(VectorQuantization quantization, string function)
    {
        const int Dimensions = 256;
        Random random = new(7);
        VectorMeasure measure = VectorMeasure.Find(function)!;
        RowCodes codes = RowCodes.Create(quantization, measure, Dimensions, seed: 5);
        float[][] rows = [.. Enumerable.Range(0, 200).Select(_ => Vector(random, Dimensions))];
        Array.ForEach(rows, row => codes.Add(row));
        float[] query = Vector(random, Dimensions);
        float[] nearness = new float[rows.Length];

        codes.Compare(codes.Prepare(query), 0, nearness);

        // By chance a few hashes of different numbers are equal.
        double tolerance = function == DistanceFunction.HammingDistance ? 6 / (Dimensions / 4.0) : quantization switch { VectorQuantization.Half => 0.001, VectorQuantization.Int8 => 0.02, _ => 0.35 };
        double magnitude = measure.IsCosine ? 1 : function is DistanceFunction.DotProductSimilarity or DistanceFunction.NegativeDotProductSimilarity or DistanceFunction.EuclideanDistance
            ? Dimensions / 12.0 : Dimensions / 4.0;
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(NaiveDistance.Score(function, query, rows[i]), measure.Score(nearness[i]), tolerance * magnitude);
        }
    }

    [Theory]
    [InlineData(VectorQuantization.Half)]
    [InlineData(VectorQuantization.Int8)]
    public void Compare_HammingDistanceOfBits_IsExact(VectorQuantization quantization)
    {
        const int Dimensions = 100;
        Random random = new(4);
        RowCodes codes = RowCodes.Create(quantization, VectorMeasure.Find(DistanceFunction.HammingDistance)!, Dimensions, seed: 0);
        float[][] rows = [.. Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, Dimensions).Select(_ => random.Next(2) == 0 ? -0f : 1f).ToArray())];
        Array.ForEach(rows, row => codes.Add(row));
        float[] query = [.. Enumerable.Range(0, Dimensions).Select(_ => (float)random.Next(2))];
        float[] nearness = new float[rows.Length];

        codes.Compare(codes.Prepare(query), 0, nearness);

        Assert.Equal(rows.Select(row => (float)-NaiveDistance.Score(DistanceFunction.HammingDistance, query, row)), nearness);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Compare_ZerosAndVectorsOfAnyMagnitude_IsFinite(VectorQuantization quantization, string function)
    {
        const int Dimensions = 20;
        Random random = new(3);
        RowCodes codes = RowCodes.Create(quantization, VectorMeasure.Find(function)!, Dimensions, seed: 1);
        float[] magnitudes = [0, float.Epsilon, 1e-38f, 1e-20f, 1, 1e20f, 3.4e38f];
        float[][] vectors = [.. magnitudes.Select(magnitude => Vector(random, Dimensions).Select(value => value < 0 ? -magnitude : magnitude).ToArray())];
        Array.ForEach(vectors, vector => codes.Add(vector));

        foreach (RowQuery query in vectors.Select(vector => codes.Prepare(vector)).Concat(Enumerable.Range(0, vectors.Length).Select(codes.PrepareRow)))
        {
            float[] nearness = new float[vectors.Length];
            codes.Compare(query, 0, nearness);
            Assert.All(nearness, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void PrepareRow_Row_IsNearestToItself(VectorQuantization quantization, string function)
    {
        const int Dimensions = 64;
        Random random = new(11);
        RowCodes codes = RowCodes.Create(quantization, VectorMeasure.Find(function)!, Dimensions, seed: 1);
        for (int i = 0; i < 50; i++)
        {
            // Of the same length, so that the dot product agrees.
            codes.Add(Vector(random, Dimensions).Select(value => value < 0 ? -1f : 1).ToArray());
        }

        for (int row = 0; row < codes.Count; row++)
        {
            float[] nearness = new float[codes.Count];
            codes.Compare(codes.PrepareRow(row), 0, nearness);
            Assert.Equal(nearness.Max(), nearness[row]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AddCopy_RowsOfOthers_ComparesLikeThem(VectorQuantization quantization, string function)
    {
        const int Dimensions = 48;
        Random random = new(13);
        RowCodes codes = Fill(quantization, function, Dimensions, 100, random);
        RowCodes copies = RowCodes.Create(quantization, VectorMeasure.Find(function)!, Dimensions, seed: 1);
        for (int row = 0; row < codes.Count; row += 3)
        {
            copies.AddCopy(codes, row);
        }

        float[] query = Vector(random, Dimensions);
        float[] expected = new float[codes.Count];
        float[] copied = new float[copies.Count];
        codes.Compare(codes.Prepare(query), 0, expected);
        copies.Compare(copies.Prepare(query), 0, copied);

        Assert.Equal(expected.Where((_, row) => row % 3 == 0), copied);
    }

    [Theory]
    [InlineData(VectorQuantization.Half, DistanceFunction.CosineSimilarity, 0.51)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.CosineSimilarity, 0.28)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.EuclideanDistance, 0.28)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.ManhattanDistance, 0.28)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.HammingDistance, 0.28)]
    [InlineData(VectorQuantization.Binary, DistanceFunction.CosineSimilarity, 0.05)]
    [InlineData(VectorQuantization.Binary, DistanceFunction.EuclideanDistance, 0.05)]
    public void Bytes_FullBlocks_AreTheShareOfTheWholeVectorsThatIsPromised(VectorQuantization quantization, string function, double share)
    {
        const int Dimensions = 384;
        RowCodes codes = RowCodes.Create(quantization, VectorMeasure.Find(function)!, Dimensions, seed: 1);

        codes.EnsureCapacity(1 << 15);

        Assert.InRange(codes.Bytes, 1, share * Dimensions * sizeof(float) * (1 << 15));
        Assert.InRange(codes.BytesPerRow, 1, share * Dimensions * sizeof(float));
    }

    [Theory]
    [InlineData(DistanceFunction.ManhattanDistance)]
    [InlineData(DistanceFunction.HammingDistance)]
    public void Create_BinaryOfAMeasureWithoutSigns_Throws(string function) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RowCodes.Create(VectorQuantization.Binary, VectorMeasure.Find(function)!, 8, 0));

    private static RowCodes Fill(VectorQuantization quantization, string function, int dimensions, int rows, Random random)
    {
        RowCodes codes = RowCodes.Create(quantization, VectorMeasure.Find(function)!, dimensions, seed: 1);
        for (int i = 0; i < rows; i++)
        {
            codes.Add(Vector(random, dimensions));
        }

        return codes;
    }

    private static float[] Vector(Random random, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.5f)];
}
