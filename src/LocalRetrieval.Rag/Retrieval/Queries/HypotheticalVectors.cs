using System.Numerics.Tensors;

namespace LocalRetrieval.Rag;

/// <summary>Draws a query's vector towards those of texts that would answer it.</summary>
internal static class HypotheticalVectors
{
    /// <summary>The mean direction of the query and the documents, each counting alike whatever its length, with the length of the query's vector.</summary>
    /// <remarks>
    /// On unit vectors it is the mean of HyDE, normalised. The length stays for what compares by distance: there a shorter query would be nearer to short documents.
    /// </remarks>
    /// <returns>The query's vector where that is zero, or where the mean has no direction.</returns>
    public static ReadOnlyMemory<float> Mean(ReadOnlyMemory<float> query, IReadOnlyList<ReadOnlyMemory<float>> documents)
    {
        float length = TensorPrimitives.Norm(query.Span);
        float[] sum = query.ToArray();
        foreach (ReadOnlyMemory<float> document in documents)
        {
            float norm = TensorPrimitives.Norm(document.Span);
            if (norm > 0)
            {
                TensorPrimitives.MultiplyAdd(document.Span, length / norm, sum, sum);
            }
        }

        float total = TensorPrimitives.Norm<float>(sum);
        if (!(total > 0))
        {
            return query;
        }

        TensorPrimitives.Multiply(sum, length / total, sum);
        return sum;
    }
}
