using LocalRetrieval.VectorData.MultiVectors;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Vectors of tokens, and how they are compared naively.</summary>
internal static class TokenVectors
{
    public static MultiVectorEmbedding Random(Random random, int mostVectors = 30, int dimensions = MultiNote.Dimensions) =>
        new(Numbers(random, random.Next(mostVectors + 1) * dimensions), dimensions);

    public static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];

    /// <summary>Numbers that int8 hold as they are.</summary>
    public static MultiVectorEmbedding Exact(Random random, int mostVectors = 5, int dimensions = MultiNote.Dimensions) => new(
        Enumerable.Range(0, random.Next(mostVectors + 1)).SelectMany(_ => Enumerable.Range(0, dimensions).Select(i => (i == 0 ? 127 : random.Next(-127, 128)) / 128f)).ToArray(), dimensions);

    /// <summary>What is stored of vectors.</summary>
    public static MultiVectorEmbedding Stored(MultiVectorEmbedding vectors, bool isQuantized = true)
    {
        TokenFormat format = new(vectors.Dimensions, isQuantized);
        return new(format.Read(new TokenArray(format, vectors.Vectors.Span).Row), vectors.Dimensions);
    }

    public static double MaxSim(MultiVectorEmbedding query, MultiVectorEmbedding document) => document.Count == 0 ? 0 : Enumerable.Range(0, query.Count)
        .Sum(i => Enumerable.Range(0, document.Count).Max(j => Dot(query[i].Span, document[j].Span)));

    private static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (double)x[i] * y[i];
        }

        return sum;
    }
}
