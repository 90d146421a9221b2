namespace LocalRetrieval;

/// <summary>Sums of scores by key, in the order in which keys came up.</summary>
internal sealed class FusedScores<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> _indexes = [];
    private readonly List<(TKey Key, double Score)> _sums = [];

    public void Add(TKey key, double score)
    {
        if (_indexes.TryAdd(key, _sums.Count))
        {
            _sums.Add((key, score));
        }
        else
        {
            int index = _indexes[key];
            _sums[index] = (key, _sums[index].Score + score);
        }
    }

    /// <summary>All keys, the highest sum first; of equal sums, the key that came up first.</summary>
    public (TKey Key, double Score)[] Sort() => [.. _sums.OrderByDescending(sum => sum.Score)];
}
