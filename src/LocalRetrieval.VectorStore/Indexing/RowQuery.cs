namespace LocalRetrieval.VectorData.Indexing;

/// <summary>A query, or a row in a query's place, in the form that <see cref="IRowVectors"/> compares rows with. Each kind of rows has its own.</summary>
/// <remarks>Never changed once it is made; safe for concurrent use.</remarks>
internal abstract class RowQuery;
