using System.Numerics.Tensors;
using LocalRetrieval.VectorData.MultiVectors;

namespace LocalRetrieval.Bench.LateInteraction;

/// <summary>What the query's own numbers lose, beside what int8 lose of the documents: the reason for int16.</summary>
internal static class QueryError
{
    private const int Documents = 100;
    private const int Queries = 20;

    public static string Measure(MultiVectorEmbedding[] documents, MultiVectorEmbedding[] queries)
    {
        TokenFormat format = new(TokenStates.Dimensions, isQuantized: true);
        double stored = 0;
        double wide = 0;
        double narrow = 0;
        int pairs = 0;
        foreach (MultiVectorEmbedding query in queries.Take(Queries))
        {
            MaxSimComparison comparison = new(format, new MaxSimQuery(format, query.Vectors));
            foreach (MultiVectorEmbedding document in documents.Take(Documents))
            {
                TokenRow row = new TokenArray(format, document.Vectors.Span).Row;
                float[] read = format.Read(row);
                double exact = Score(query.Vectors.Span, read);
                stored += Math.Abs(Score(query.Vectors.Span, document.Vectors.Span) - exact) / query.Count;
                wide += Math.Abs(comparison.Score(row) - exact) / query.Count;
                narrow += Math.Abs(Score(format.Read(new TokenArray(format, query.Vectors.Span).Row), read) - exact) / query.Count;
                pairs++;
            }
        }

        return FormattableString.Invariant($"Mean error of a score, for each vector of the query: {stored / pairs:E1} by the documents' int8, and on top of it {wide / pairs:E1} by int16 of the query, which is what is compared, or {narrow / pairs:E1} by int8.");
    }

    private static double Score(ReadOnlySpan<float> query, ReadOnlySpan<float> document)
    {
        double score = 0;
        for (int i = 0; i < query.Length; i += TokenStates.Dimensions)
        {
            float largest = float.NegativeInfinity;
            for (int j = 0; j < document.Length; j += TokenStates.Dimensions)
            {
                largest = MathF.Max(largest, TensorPrimitives.Dot(query.Slice(i, TokenStates.Dimensions), document.Slice(j, TokenStates.Dimensions)));
            }

            score += largest;
        }

        return score;
    }
}
