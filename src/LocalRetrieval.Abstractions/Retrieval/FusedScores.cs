namespace LocalRetrieval;

/// <summary>Sums of scores by key, in the order in which keys came up.</summary>
internal sealed class FusedScores<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> _indexes = [];
    private readonly List<ScoredKey<TKey>> _sums = [];

    public void Add(TKey key, double score)
    {
        if (_indexes.TryAdd(key, _sums.Count))
        {
            _sums.Add(new ScoredKey<TKey>(key, score));
        }
        else
        {
            int index = _indexes[key];
            _sums[index] = new ScoredKey<TKey>(key, _sums[index].Score + score);
        }
    }

    /// <summary>All keys, the highest sum first; of equal sums, the key that came up first.</summary>
    public ScoredKey<TKey>[] Sort() => [.. _sums.OrderByDescending(sum => sum.Score)];
}
