using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>What one thread of a search compares by, and the best rows that it found.</summary>
internal sealed class MaxSimBuffers(TokenFormat format, MaxSimQuery query, int kept)
{
    public MaxSimComparison Comparison { get; } = new(format, query);

    /// <summary>The best rows, for the one query.</summary>
    public TopRows[] Found { get; } = [new TopRows(kept)];
}
