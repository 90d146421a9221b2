using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

/// <summary>Makes graph indexes, and asks them.</summary>
internal static class GraphIndexes
{
    public static GraphIndex Empty(GraphVectors vectors, GraphSettings? settings = null) =>
        new(vectors.Measure, vectors.Dimensions, settings ?? new GraphSettings(), new WholeRows(vectors.Measure, vectors.Dimensions));

    public static GraphIndex Of(GraphVectors vectors, GraphSettings? settings = null, Func<int, bool>? hasVector = null)
    {
        GraphIndex index = Empty(vectors, settings);
        index.Add(vectors.Blocks, vectors.Count, hasVector ?? (_ => true), CancellationToken.None);
        return index;
    }

    public static RowScore[] Search(
        this VectorIndex index, GraphVectors vectors, float[] query, int top = 10, Func<int, bool>? accepts = null, int[]? candidates = null, bool isFiltered = false, int? rows = null, int skip = 0, double? threshold = null) =>
        index.SearchMany(vectors, [query], top, accepts, candidates, isFiltered, rows, skip, threshold)[0];

    public static RowScore[][] SearchMany(
        this VectorIndex index, GraphVectors vectors, float[][] queries, int top = 10, Func<int, bool>? accepts = null, int[]? candidates = null, bool isFiltered = false, int? rows = null, int skip = 0, double? threshold = null) =>
        index.Search(
            new VectorIndexSearch
            {
                Blocks = vectors.Blocks.Read(rows ?? vectors.Count),
                Rows = rows ?? vectors.Count,
                Queries = queries.SelectMany(query => query).ToArray(),
                Candidates = candidates,
                IsFiltered = isFiltered,
                Options = new RowSearchOptions { Top = top, Skip = skip, ScoreThreshold = threshold, Accepts = accepts ?? (_ => true) },
            },
            CancellationToken.None);

    /// <summary>The mean recall of queries among the rows that are accepted.</summary>
    public static double Recall(this VectorIndex index, GraphVectors vectors, float[][] queries, Func<int, bool>? accepts = null, int[]? candidates = null, bool isFiltered = false, int top = 10) =>
        queries.Average(query => vectors.Recall(
            index.Search(vectors, query, top, accepts: accepts, candidates: candidates, isFiltered: isFiltered),
            vectors.Nearest(query, top, row => (candidates is null || candidates.AsSpan().BinarySearch(row) >= 0) && accepts?.Invoke(row) != false)));
}
