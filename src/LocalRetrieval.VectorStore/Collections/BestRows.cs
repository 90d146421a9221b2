using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>Finds the rows of a snapshot that score best with a query of several vectors.</summary>
internal static class BestRows
{
    /// <summary>Compares a query with the rows of <paramref name="candidates"/>, or with all where it is null; where there is a first pass, with those that it chooses of them.</summary>
    /// <param name="snapshot">The table.</param>
    /// <param name="property">The property whose vectors are compared.</param>
    /// <param name="query">The query's vectors, <c>[vector, dimension]</c>.</param>
    /// <param name="candidates">The rows that can match, ascending.</param>
    /// <param name="matches">Asked of rows that may be returned; safe for concurrent use. Null for all.</param>
    /// <param name="options">How many rows to return.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The rows with their scores, best first; of equally good ones the one that was written first.</returns>
    public static RowScore[] Find(
        TableSnapshot snapshot,
        VectorProperty property,
        ReadOnlyMemory<float> query,
        int[]? candidates,
        Func<Row, bool>? matches,
        RowSearchOptions options,
        CancellationToken cancellationToken)
    {
        TokenBlocks rows = snapshot.State.GetTokens(property.Column);
        RowSearchOptions accepting = options with { Accepts = Accepts };
        if (snapshot.State.FindFirstPass(property.Column) is { IsMade: true } firstPass)
        {
            int most = Math.Max(firstPass.Candidates, options.Kept);
            if ((candidates?.Length ?? snapshot.Count) > most)
            {
                candidates = firstPass.Choose(query.Span, snapshot.Count, candidates, new RowSearchOptions { Top = most, Accepts = Accepts }, cancellationToken);
                accepting = options;
            }
        }

        return property.MaxSim.Search(rows, snapshot.Count, candidates, query, accepting, cancellationToken);

        bool Accepts(int index) =>
            snapshot.GetVisible(index) is { } row && row.HasVector(property.Column, property.Slot) && matches?.Invoke(row) != false;
    }
}
