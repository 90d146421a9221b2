namespace LocalRetrieval;

/// <summary>A result that is known by its key, and its score.</summary>
/// <typeparam name="TKey">What identifies a result.</typeparam>
public readonly record struct ScoredKey<TKey>
    where TKey : notnull
{
    /// <summary>A key with its score.</summary>
    /// <param name="key">What identifies the result.</param>
    /// <param name="score">Its score; higher is better.</param>
    public ScoredKey(TKey key, double score)
    {
        Key = key;
        Score = score;
    }

    /// <summary>What identifies the result.</summary>
    public TKey Key { get; init; }

    /// <summary>Its score; higher is better.</summary>
    public double Score { get; init; }
}
