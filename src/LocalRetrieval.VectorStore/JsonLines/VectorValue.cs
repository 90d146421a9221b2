using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.JsonLines;

/// <summary>What a line has of a vector property.</summary>
/// <param name="Mark">What the row keeps beside the numbers; null where there is no vector.</param>
/// <param name="Dense">The numbers of a dense vector.</param>
/// <param name="Sparse">The weights of a sparse one.</param>
/// <param name="Multi">The vectors, where there are several, as they are stored.</param>
internal readonly record struct VectorValue(object? Mark, float[]? Dense, SparseEmbedding? Sparse, TokenArray? Multi = null)
{
    /// <summary>Adds the numbers to a row of a batch, if there are any.</summary>
    public void Store(PendingRows rows, int row, VectorProperty property)
    {
        if (Sparse is not null)
        {
            rows.SetSparse(row, property, Sparse);
        }
        else if (Multi is not null)
        {
            rows.SetTokens(row, property, Multi);
        }
        else if (Dense is not null)
        {
            rows.SetVector(row, property, Dense);
        }
    }
}
