using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>Rows of a snapshot that can be found in two ways: as searches find them, and by comparing all. <see cref="RecallSample"/> holds one against the other.</summary>
internal interface IMeasuredRows
{
    /// <summary>Finds the rows for a query as a search does.</summary>
    /// <param name="query">The query's numbers.</param>
    /// <param name="options">How many rows to return.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    RowScore[] Find(ReadOnlyMemory<float> query, RowSearchOptions options, CancellationToken cancellationToken);

    /// <summary>Finds them by comparing all that can match.</summary>
    /// <inheritdoc cref="Find"/>
    RowScore[] FindExactly(ReadOnlyMemory<float> query, RowSearchOptions options, CancellationToken cancellationToken);

    /// <summary>Compares the query with the rows of a list.</summary>
    /// <param name="rows">The rows, ascending.</param>
    /// <param name="query">The query's numbers.</param>
    /// <param name="options">How many rows to return.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    RowScore[] FindAmong(int[] rows, ReadOnlyMemory<float> query, RowSearchOptions options, CancellationToken cancellationToken);
}
