using System.Numerics.Tensors;
using LocalRetrieval.VectorData.MultiVectors.FirstPass;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.MultiVectors;

public sealed class FirstPassEncoderTests
{
    private const int Dimensions = 12;

    [Fact]
    public void Pooled_Vectors_AreSummedForQueriesAndOfLengthOneForRows()
    {
        PooledEncoder encoder = new(2);

        Assert.Equal([4, 6], Encode(encoder, [1, 2, 3, 4], isQuery: true));
        Assert.Equal([0.6f, 0.8f], Encode(encoder, [1, 1, 2, 3], isQuery: false).Select(number => MathF.Round(number, 6)));
    }

    [Fact]
    public void FixedDimensional_WithoutCutsAndProjection_IsTheSumAndTheMean()
    {
        FixedDimensionalEncoder encoder = new(new() { Repetitions = 1, PartitionBits = 0, ProjectedDimensions = 2 }, 2);

        Assert.Equal(2, encoder.Dimensions);
        Assert.Equal([4, 6], Encode(encoder, [1, 2, 3, 4], isQuery: true));
        Assert.Equal([2, 3], Encode(encoder, [1, 2, 3, 4], isQuery: false));
    }

    [Fact]
    public void FixedDimensional_OneSeed_IsOneEncoding()
    {
        float[] vectors = TokenVectors.Numbers(new Random(1), 7 * Dimensions);
        FixedDimensionalEncoder encoder = new(new() { Seed = 5 }, Dimensions);

        Assert.Equal(20 * 16 * Dimensions, encoder.Dimensions);
        Assert.Equal(Encode(encoder, vectors, isQuery: false), Encode(new FixedDimensionalEncoder(new() { Seed = 5 }, Dimensions), vectors, isQuery: false));
        Assert.NotEqual(Encode(encoder, vectors, isQuery: false), Encode(new FixedDimensionalEncoder(new() { Seed = 6 }, Dimensions), vectors, isQuery: false));
    }

    [Fact]
    public void FixedDimensional_UnprojectedPartitions_HaveOfQueriesEachVectorOnceAndOfRowsSomethingEverywhere()
    {
        float[] vectors = TokenVectors.Numbers(new Random(2), 5 * Dimensions);
        FixedDimensionalEncoder encoder = new(new() { Repetitions = 3, PartitionBits = 3 }, Dimensions);

        float[] query = Encode(encoder, vectors, isQuery: true);
        float[] row = Encode(encoder, vectors, isQuery: false);

        float[] sum = Encode(new PooledEncoder(Dimensions), vectors, isQuery: true);
        for (int repetition = 0; repetition < 3; repetition++)
        {
            float[][] partitions = [.. query.Skip(repetition * 8 * Dimensions).Take(8 * Dimensions).Chunk(Dimensions)];
            Assert.All(Enumerable.Range(0, Dimensions), i => Assert.Equal(sum[i], partitions.Sum(partition => partition[i]), 1e-5));
        }

        Assert.All(row.Chunk(Dimensions), partition => Assert.NotEqual(0, TensorPrimitives.Norm<float>(partition)));
    }

    [Fact]
    public void FixedDimensional_Projected_KeepsDotProductsAtAnAverage()
    {
        // A row of one vector has it in every partition: each repetition gives the dot product with the query's sum, and its projection that at an average.
        float[] query = TokenVectors.Numbers(new Random(3), 4 * Dimensions);
        float[] row = Encode(new PooledEncoder(Dimensions), query, isQuery: true);
        FixedDimensionalEncoder encoder = new(new() { Repetitions = 64, PartitionBits = 2, ProjectedDimensions = 6 }, Dimensions);

        double mean = TensorPrimitives.Dot<float>(Encode(encoder, query, isQuery: true), Encode(encoder, row, isQuery: false)) / 64;

        // Of 64 repetitions the mean has a standard deviation of about a fifteenth.
        Assert.InRange(mean / TensorPrimitives.SumOfSquares<float>(row), 0.8, 1.2);
    }

    private static float[] Encode(FirstPassEncoder encoder, float[] vectors, bool isQuery)
    {
        float[] encoded = new float[encoder.Dimensions];
        if (isQuery)
        {
            encoder.EncodeQuery(vectors, encoded);
        }
        else
        {
            encoder.EncodeRow(vectors, encoded);
        }

        return encoded;
    }
}
