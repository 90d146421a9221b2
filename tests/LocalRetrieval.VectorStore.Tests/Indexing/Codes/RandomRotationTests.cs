using System.Numerics.Tensors;
using LocalRetrieval.VectorData.Indexing.Codes;

namespace LocalRetrieval.VectorData.Tests.Indexing.Codes;

public sealed class RandomRotationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(256)]
    [InlineData(384)]
    public void Apply_TwoVectors_KeepsTheirDotProduct(int dimensions)
    {
        Random random = new(dimensions);
        float[] x = [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.5f)];
        float[] y = [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.5f)];
        float expected = TensorPrimitives.Dot<float>(x, y);
        RandomRotation rotation = new(dimensions, 1);

        rotation.Apply(x);
        rotation.Apply(y);

        Assert.Equal(expected, TensorPrimitives.Dot<float>(x, y), 1e-4);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(384)]
    public void Apply_EachUnitVector_IsSpreadOverAllComponents(int dimensions)
    {
        RandomRotation rotation = new(dimensions, 1);
        for (int i = 0; i < dimensions; i++)
        {
            float[] unit = new float[dimensions];
            unit[i] = 1;

            rotation.Apply(unit);

            // A vector that is spread evenly has a magnitude of 1/sqrt(n) in each component.
            Assert.InRange(TensorPrimitives.MaxMagnitude<float>(unit), -8 / MathF.Sqrt(dimensions), 8 / MathF.Sqrt(dimensions));
        }
    }

    [Fact]
    public void Constructor_Seed_DecidesTheRotation()
    {
        Assert.Equal(Rotated(1), Rotated(1));
        Assert.NotEqual(Rotated(1), Rotated(2));

        static float[] Rotated(int seed)
        {
            float[] vector = [.. Enumerable.Range(0, 24).Select(i => (float)i)];
            new RandomRotation(vector.Length, seed).Apply(vector);
            return vector;
        }
    }
}
