namespace LocalRetrieval.VectorData;

/// <summary>Options of <see cref="LocalVectorStoreCollection{TKey, TRecord}.ImportAsync"/>.</summary>
public sealed class CollectionImportOptions
{
    /// <summary>The defaults.</summary>
    public CollectionImportOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public CollectionImportOptions(CollectionImportOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        BatchSize = other.BatchSize;
    }

    /// <summary>How many records are written at once: a batch is seen and kept whole or not at all, and one that is larger takes more memory and fewer flushes.</summary>
    /// <value>At least 1. The default is 1000. A batch also ends after 16 MB of lines.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(BatchSize));
            field = value;
        }
    } = 1000;
}
