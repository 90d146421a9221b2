using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>Finds the rows of a snapshot that are nearest to dense vectors.</summary>
internal static class NearestRows
{
    /// <summary>Compares vectors with the rows of <paramref name="candidates"/>, or with all where it is null.</summary>
    /// <param name="snapshot">The table.</param>
    /// <param name="property">The property whose vectors are compared.</param>
    /// <param name="queries">The vectors, <c>[query, dimension]</c>.</param>
    /// <param name="candidates">The rows that can match, ascending.</param>
    /// <param name="matches">Asked of rows that would be returned; safe for concurrent use. Null for all.</param>
    /// <param name="options">How many rows to return.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>For each vector the rows with their scores, nearest first; of equally near ones the one that was written first.</returns>
    public static RowScore[][] Find(
        TableSnapshot snapshot,
        VectorProperty property,
        ReadOnlyMemory<float> queries,
        int[]? candidates,
        Func<Row, bool>? matches,
        RowSearchOptions options,
        CancellationToken cancellationToken)
    {
        RowBlock[] blocks = snapshot.GetVectors(property.Column).Read(snapshot.Count);
        RowSearchOptions accepting = options with { Accepts = Accepts };
        return candidates is null
            ? property.Search.Search(blocks, queries, accepting, cancellationToken)
            : property.Search.SearchRows(blocks, candidates, queries, accepting, cancellationToken);

        bool Accepts(int index) =>
            snapshot.GetVisible(index) is { } row && row.HasVector(property.Column, property.Slot) && matches?.Invoke(row) != false;
    }
}
