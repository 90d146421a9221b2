using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing;

/// <summary>What is asked of a <see cref="VectorIndex"/>.</summary>
internal sealed record VectorIndexSearch
{
    /// <summary>The whole vectors of all rows that the reader's generation knows.</summary>
    public required RowBlock[] Blocks { get; init; }

    /// <summary>How many rows the reader's generation knows: those from here on are not for this reader.</summary>
    public required int Rows { get; init; }

    /// <summary>The queries, <c>[query, dimension]</c>, all finite, of any length.</summary>
    public required ReadOnlyMemory<float> Queries { get; init; }

    /// <summary>The rows that can match, ascending; null where that is not known, and all can.</summary>
    public int[]? Candidates { get; init; }

    /// <summary>Whether <see cref="RowSearchOptions.Accepts"/> asks a filter, beside whether a row is visible.</summary>
    public bool IsFiltered { get; init; }

    /// <summary>How many rows to return, and which; <see cref="RowSearchOptions.Accepts"/> is never null.</summary>
    public required RowSearchOptions Options { get; init; }
}
