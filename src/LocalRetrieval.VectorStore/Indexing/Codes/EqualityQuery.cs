namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>A query of <see cref="EqualityCodes{T}"/>.</summary>
/// <param name="values">What stands for each component.</param>
internal sealed class EqualityQuery<T>(T[] values) : RowQuery
{
    public T[] Values => values;
}
