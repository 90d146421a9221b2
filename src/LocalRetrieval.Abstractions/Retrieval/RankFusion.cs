namespace LocalRetrieval;

/// <summary>Makes one list out of the result lists of several searches for the same query.</summary>
/// <remarks>Keys are compared by their default equality. Of equal fused scores, the key that comes up first stays first: lists in turn, each from its best result.</remarks>
public static class RankFusion
{
    /// <summary>The usual constant of <see cref="ReciprocalRank"/>.</summary>
    public const int DefaultRankConstant = 60;

    /// <summary>Adds up 1 / (<paramref name="rankConstant"/> + rank) over the lists that hold a key; ranks count from 1.</summary>
    /// <typeparam name="TKey">What identifies a result.</typeparam>
    /// <param name="lists">The keys that each search found, best first, each at most once in a list.</param>
    /// <param name="rankConstant">What dampens the first ranks' lead; at least 0. The default is 60.</param>
    /// <param name="weights">What each list's terms are multiplied with; null for 1.</param>
    /// <returns>All keys with their fused scores, best first.</returns>
    /// <remarks>Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="lists"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rankConstant"/> is below 0.</exception>
    /// <exception cref="ArgumentException"><paramref name="weights"/> are not as many as the lists, or a list or a key is null; the message says which.</exception>
    public static IReadOnlyList<ScoredKey<TKey>> ReciprocalRank<TKey>(
        IReadOnlyList<IReadOnlyList<TKey>> lists, int rankConstant = DefaultRankConstant, IReadOnlyList<double>? weights = null)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentOutOfRangeException.ThrowIfNegative(rankConstant);
        ThrowIfOtherCount(weights, lists.Count);
        FusedScores<TKey> fused = new();
        for (int list = 0; list < lists.Count; list++)
        {
            IReadOnlyList<TKey> found = ListAt(lists, list);
            for (int index = 0; index < found.Count; index++)
            {
                fused.Add(NotNull(found[index], list, index, nameof(lists)), (weights?[list] ?? 1) / ((double)rankConstant + index + 1));
            }
        }

        return fused.Sort();
    }

    /// <summary>Adds up each list's scores, moved and stretched to reach from 0 to 1, times the list's weight. A list does not add to a key that it lacks; equal scores become 1.</summary>
    /// <typeparam name="TKey">What identifies a result.</typeparam>
    /// <param name="lists">The keys that each search found with their scores, higher is better, each key at most once in a list.</param>
    /// <param name="weights">What each list's terms are multiplied with; null for 1.</param>
    /// <returns>All keys with their fused scores, best first.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="lists"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="weights"/> are not as many as the lists, or a list or a key is null; the message says which.</exception>
    public static IReadOnlyList<ScoredKey<TKey>> MinMax<TKey>(
        IReadOnlyList<IReadOnlyList<ScoredKey<TKey>>> lists, IReadOnlyList<double>? weights = null)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(lists);
        ThrowIfOtherCount(weights, lists.Count);
        FusedScores<TKey> fused = new();
        for (int list = 0; list < lists.Count; list++)
        {
            IReadOnlyList<ScoredKey<TKey>> found = ListAt(lists, list);
            (double least, double spread) = Range(found);
            for (int index = 0; index < found.Count; index++)
            {
                (TKey key, double score) = (NotNull(found[index].Key, list, index, nameof(lists)), found[index].Score);
                fused.Add(key, (weights?[list] ?? 1) * (spread > 0 ? (score - least) / spread : 1));
            }
        }

        return fused.Sort();
    }

    private static IReadOnlyList<T> ListAt<T>(IReadOnlyList<IReadOnlyList<T>> lists, int list) =>
        lists[list] ?? throw new ArgumentException($"The list at index {list} is null: give an empty one for a search that found nothing.", nameof(lists));

    private static TKey NotNull<TKey>(TKey key, int list, int index, string parameter) =>
        key is null ? throw new ArgumentException($"The key at index {index} of list {list} is null.", parameter) : key;

    private static void ThrowIfOtherCount(IReadOnlyList<double>? weights, int lists)
    {
        if (weights is not null && weights.Count != lists)
        {
            throw new ArgumentException($"There are {weights.Count} weights for {lists} lists: give one for each list.", nameof(weights));
        }
    }

    private static (double Least, double Spread) Range<TKey>(IReadOnlyList<ScoredKey<TKey>> list)
        where TKey : notnull
    {
        double least = double.PositiveInfinity;
        double greatest = double.NegativeInfinity;
        foreach (ScoredKey<TKey> found in list)
        {
            least = Math.Min(least, found.Score);
            greatest = Math.Max(greatest, found.Score);
        }

        return (least, greatest - least);
    }
}
