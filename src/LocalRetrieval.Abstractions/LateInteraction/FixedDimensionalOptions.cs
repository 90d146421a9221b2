namespace LocalRetrieval;

/// <summary>Parameters of <see cref="MultiVectorFirstPass.FixedDimensional"/>.</summary>
/// <remarks>
/// Each repetition cuts the space by <see cref="PartitionBits"/> random planes. Of the vectors in a partition a query has the sum and a record the mean, where it has none the vector that lies
/// nearest, projected to <see cref="ProjectedDimensions"/>. A record's vector so has Repetitions · 2^PartitionBits · ProjectedDimensions components, a byte each, in memory: by the defaults 5,124 bytes with its scale, 5.1 GB for a million records.
/// </remarks>
public sealed class FixedDimensionalOptions
{
    /// <summary>The defaults.</summary>
    public FixedDimensionalOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public FixedDimensionalOptions(FixedDimensionalOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Repetitions = other.Repetitions;
        PartitionBits = other.PartitionBits;
        ProjectedDimensions = other.ProjectedDimensions;
        Seed = other.Seed;
    }

    /// <summary>How often the space is cut anew.</summary>
    /// <value>From 1 to 64. The default is 20.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of these.</exception>
    public int Repetitions
    {
        get;
        set => field = Within(value, 1, 64, nameof(Repetitions));
    } = 20;

    /// <summary>By how many planes it is cut: into 2^PartitionBits partitions.</summary>
    /// <value>From 0, which leaves it whole, to 8. The default is 4.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of these.</exception>
    public int PartitionBits
    {
        get;
        set => field = Within(value, 0, 8, nameof(PartitionBits));
    } = 4;

    /// <summary>To how many dimensions the vector of a partition is projected; as many as the vectors have, or more, leave it as it is.</summary>
    /// <value>From 1 to 1024. The default is 16.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of these.</exception>
    public int ProjectedDimensions
    {
        get;
        set => field = Within(value, 1, 1024, nameof(ProjectedDimensions));
    } = 16;

    /// <summary>What planes and projections are drawn from: one seed, one encoding.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; set; }

    private static int Within(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
        return value;
    }
}
