using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Upkeep;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>Finds the rows of a snapshot that are nearest to dense vectors.</summary>
/// <param name="snapshot">The table.</param>
/// <param name="property">The property whose vectors are compared.</param>
/// <param name="candidates">The rows that can match, ascending; null for all.</param>
/// <param name="matches">Asked of rows that would be returned; safe for concurrent use. Null for all.</param>
internal sealed class NearestRows(TableSnapshot snapshot, VectorProperty property, int[]? candidates, Func<Row, bool>? matches) : IMeasuredRows
{
    private readonly RowBlock[] _blocks = snapshot.GetVectors(property.Column).Read(snapshot.Count);

    /// <summary>Asks the column's index; where it has none, compares vectors with all rows that can match.</summary>
    /// <param name="queries">The vectors, <c>[query, dimension]</c>.</param>
    /// <param name="options">How many rows to return.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>For each vector the rows with their scores, nearest first; of equally near ones the one that was written first.</returns>
    public RowScore[][] Find(ReadOnlyMemory<float> queries, RowSearchOptions options, CancellationToken cancellationToken)
    {
        // Whoever sees the column as one without an index has all vectors compared.
        if (property.IndexKind == VectorIndexKind.Flat || snapshot.State.FindSlot(property.Column) is not { } slot)
        {
            return FindExactly(queries, options, cancellationToken);
        }

        VectorIndexSearch search = new()
        {
            Blocks = _blocks,
            Rows = snapshot.Count,
            Queries = queries,
            Candidates = candidates,
            IsFiltered = matches is not null,
            Options = options with { Accepts = Accepts },
        };
        return new IndexedSearch(property, slot).Find(search, cancellationToken);
    }

    /// <summary>Compares vectors with all rows that can match, whatever index there is.</summary>
    /// <inheritdoc cref="Find"/>
    public RowScore[][] FindExactly(ReadOnlyMemory<float> queries, RowSearchOptions options, CancellationToken cancellationToken) =>
        property.Search.Find(_blocks, candidates, queries, options with { Accepts = Accepts }, cancellationToken);

    RowScore[] IMeasuredRows.Find(ReadOnlyMemory<float> query, RowSearchOptions options, CancellationToken cancellationToken) => Find(query, options, cancellationToken)[0];

    RowScore[] IMeasuredRows.FindExactly(ReadOnlyMemory<float> query, RowSearchOptions options, CancellationToken cancellationToken) =>
        FindExactly(query, options, cancellationToken)[0];

    RowScore[] IMeasuredRows.FindAmong(int[] rows, ReadOnlyMemory<float> query, RowSearchOptions options, CancellationToken cancellationToken) =>
        property.Search.SearchRows(_blocks, rows, query, options, cancellationToken)[0];

    private bool Accepts(int index) =>
        snapshot.GetVisible(index) is { } row && row.HasVector(property.Column, property.Slot) && matches?.Invoke(row) != false;
}
