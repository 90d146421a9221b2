namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>Queries that are compared after one another.</summary>
/// <param name="queries">What the codes made of each.</param>
internal sealed class SeveralQueries(RowQuery[] queries) : RowQuery
{
    public RowQuery[] Queries => queries;
}
