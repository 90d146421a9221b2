using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing;

/// <summary>Makes queries of rows by moving them off themselves: as near to other rows as questions are, and among them.</summary>
internal static class MovedRow
{
    /// <summary>Moves a row by half of the difference of two others.</summary>
    /// <param name="measure">How vectors are compared.</param>
    /// <param name="row">The row.</param>
    /// <param name="from">Where the difference starts.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="random">Chooses the components that are exchanged where components are compared for equality alone.</param>
    /// <param name="query">Takes the query.</param>
    /// <returns>False where it is of no use, as zeros are, and what is not finite.</returns>
    public static bool TryMake(VectorMeasure measure, ReadOnlySpan<float> row, ReadOnlySpan<float> from, ReadOnlySpan<float> to, Random random, Span<float> query)
    {
        bool isEquality = measure.Kernel == PairKernel.Inequality;
        for (int i = 0; i < query.Length; i++)
        {
            query[i] = !isEquality ? row[i] + ((to[i] - from[i]) / 2) : random.Next(2) == 0 ? row[i] : to[i];
        }

        return row.ContainsAnyExcept(0f) && IsOfUse(query);
    }

    /// <summary>Whether a vector can be asked for: zeros and what is not finite say nothing.</summary>
    public static bool IsOfUse(ReadOnlySpan<float> query) =>
        query.ContainsAnyExcept(0f) && !query.ContainsAny(float.NaN, float.PositiveInfinity, float.NegativeInfinity);
}
