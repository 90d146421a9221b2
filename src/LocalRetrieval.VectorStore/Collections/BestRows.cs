using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>Finds the rows of a snapshot that score best with a query of several vectors, <c>[vector, dimension]</c>.</summary>
/// <param name="snapshot">The table.</param>
/// <param name="property">The property whose vectors are compared, as it is asked for.</param>
/// <param name="candidates">The rows that can match, ascending; null for all.</param>
/// <param name="matches">Asked of rows that may be returned; safe for concurrent use. Null for all.</param>
internal sealed class BestRows(TableSnapshot snapshot, VectorProperty property, int[]? candidates, Func<Row, bool>? matches) : IMeasuredRows
{
    private readonly TokenBlocks _rows = snapshot.State.GetTokens(property.Column);

    /// <summary>Compares a query with the rows that can match; where there is a first pass, with those that it chooses of them.</summary>
    /// <param name="query">The query's vectors, <c>[vector, dimension]</c>.</param>
    /// <param name="options">How many rows to return.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The rows with their scores, best first; of equally good ones the one that was written first.</returns>
    public RowScore[] Find(ReadOnlyMemory<float> query, RowSearchOptions options, CancellationToken cancellationToken)
    {
        // Whoever sees the column as one without a first pass has all vectors compared.
        int most = Math.Max(property.MultiVectors.Candidates, options.Kept);
        if (property.MultiVectors.FirstPass == MultiVectorFirstPass.None || (candidates?.Length ?? snapshot.Count) <= most
            || snapshot.State.FindFirstPass(property.Column) is not { IsMade: true } firstPass)
        {
            return FindExactly(query, options, cancellationToken);
        }

        RowSearchOptions choosing = new() { Top = most, Accepts = Accepts };
        return FindAmong(firstPass.Choose(query.Span, snapshot.Count, candidates, choosing, cancellationToken), query, options, cancellationToken);
    }

    /// <summary>Compares a query with all rows that can match, whatever first pass there is.</summary>
    /// <inheritdoc cref="Find"/>
    public RowScore[] FindExactly(ReadOnlyMemory<float> query, RowSearchOptions options, CancellationToken cancellationToken) =>
        property.MaxSim.Search(_rows, snapshot.Count, candidates, query, options with { Accepts = Accepts }, cancellationToken);

    public RowScore[] FindAmong(int[] rows, ReadOnlyMemory<float> query, RowSearchOptions options, CancellationToken cancellationToken) =>
        property.MaxSim.Search(_rows, snapshot.Count, rows, query, options, cancellationToken);

    private bool Accepts(int index) =>
        snapshot.GetVisible(index) is { } row && row.HasVector(property.Column, property.Slot) && matches?.Invoke(row) != false;
}
