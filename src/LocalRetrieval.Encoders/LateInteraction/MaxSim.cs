using System.Numerics.Tensors;

namespace LocalRetrieval;

/// <summary>The similarity of late interaction: each of a query's vectors finds the document's vector that is most like it.</summary>
/// <remarks>ColBERT, https://arxiv.org/abs/2004.12832. Safe for concurrent use.</remarks>
public static class MaxSim
{
    /// <summary>The sum, over a query's vectors, of the largest dot product with one of a document's.</summary>
    /// <param name="query">The query.</param>
    /// <param name="document">The document; one without vectors scores 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> or <paramref name="document"/> is null.</exception>
    /// <exception cref="ArgumentException">The vectors differ in length.</exception>
    public static float Score(MultiVectorEmbedding query, MultiVectorEmbedding document)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        int width = query.Dimensions;
        if (document.Dimensions != width)
        {
            throw new ArgumentException($"The query has vectors of {width}, but the document has vectors of {document.Dimensions}. Embed both with one model.", nameof(document));
        }

        ReadOnlySpan<float> queries = query.Vectors.Span;
        ReadOnlySpan<float> documents = document.Vectors.Span;
        if (documents.IsEmpty)
        {
            return 0;
        }

        float sum = 0;
        for (int i = 0; i < queries.Length; i += width)
        {
            float largest = float.NegativeInfinity;
            for (int j = 0; j < documents.Length; j += width)
            {
                largest = MathF.Max(largest, TensorPrimitives.Dot(queries.Slice(i, width), documents.Slice(j, width)));
            }

            sum += largest;
        }

        return sum;
    }
}
