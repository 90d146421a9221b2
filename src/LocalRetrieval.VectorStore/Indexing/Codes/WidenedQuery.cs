namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>A query of <see cref="WidenedCodes"/>, or several.</summary>
/// <param name="values">The components, <c>[query, dimension]</c>; of length 1 for the cosine.</param>
internal sealed class WidenedQuery(float[] values) : RowQuery
{
    public float[] Values => values;
}
