using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>Which rows can match a filter, as far as indexes tell.</summary>
internal abstract class IndexPlan
{
    /// <summary>Finds the rows that can match.</summary>
    /// <param name="snapshot">The table.</param>
    /// <param name="captured">What the filter captured.</param>
    /// <param name="most">How many rows are worth having.</param>
    /// <returns>The rows in ascending order, or null where the indexes do not tell or the rows are more than <paramref name="most"/>.</returns>
    public abstract int[]? Find(TableSnapshot snapshot, object?[] captured, int most);
}
