namespace LocalRetrieval.VectorData.Search;

/// <summary>Compares queries with rows, each by a sum over their components.</summary>
internal abstract class PairKernel
{
    public static readonly PairKernel Product = new PairKernel<PairTerms.Product>();
    public static readonly PairKernel SquaredDifference = new PairKernel<PairTerms.SquaredDifference>();
    public static readonly PairKernel AbsoluteDifference = new PairKernel<PairTerms.AbsoluteDifference>();
    public static readonly PairKernel Inequality = new PairKernel<PairTerms.Inequality>();

    /// <summary>Compares every query with every row. A pair's sum is the same, bit for bit, whatever it is computed beside.</summary>
    /// <param name="queries">The queries, one after another: <c>[query, dimension]</c>.</param>
    /// <param name="rows">The rows: <c>[row, dimension]</c>.</param>
    /// <param name="dimensions">How many components a vector has, at least 1.</param>
    /// <param name="sums">Where the sums are written: <c>[query, row]</c>.</param>
    public abstract void Sum(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int dimensions, Span<float> sums);

    /// <summary>Compares every query with the rows of a list, as <see cref="Sum(ReadOnlySpan{float}, ReadOnlySpan{float}, int, Span{float})"/> does.</summary>
    /// <param name="queries">The queries, one after another: <c>[query, dimension]</c>.</param>
    /// <param name="rows">The rows that the list chooses from: <c>[row, dimension]</c>.</param>
    /// <param name="list">The indexes of the rows to compare.</param>
    /// <param name="dimensions">How many components a vector has, at least 1.</param>
    /// <param name="sums">Where the sums are written: <c>[query, index in the list]</c>.</param>
    public abstract void Sum(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, ReadOnlySpan<int> list, int dimensions, Span<float> sums);

    /// <summary>Compares one query with rows that lie anywhere, as <see cref="Sum(ReadOnlySpan{float}, ReadOnlySpan{float}, int, Span{float})"/> does.</summary>
    /// <param name="query">The query.</param>
    /// <param name="rows">The address of each row, in memory that does not move.</param>
    /// <param name="sums">Where the sums are written, a row each.</param>
    public abstract void SumAt(ReadOnlySpan<float> query, ReadOnlySpan<nint> rows, Span<float> sums);

    /// <summary>Compares one query with one row in double precision: for vectors so long that the sum of floats is not finite.</summary>
    public abstract double SumInDouble(ReadOnlySpan<float> query, ReadOnlySpan<float> row);
}
