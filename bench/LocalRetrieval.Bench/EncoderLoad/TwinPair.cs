namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>The fastest bare session whose threads wait without spinning, and the fastest of those that spin.</summary>
/// <param name="Waiting">The first, a twin for each request.</param>
/// <param name="Spinning">The second.</param>
internal sealed record TwinPair(Twin[] Waiting, Twin[] Spinning)
{
    /// <inheritdoc cref="TwinSearch.Find"/>
    public static TwinPair Find(TwinSearch search, IReadOnlyList<(int[] Ids, int[] TypeIds)[]> some, IReadOnlyList<(int[] Ids, int[] TypeIds)[]> all) =>
        new(search.Twins(search.Find(some, all, spins: false), all), search.Twins(search.Find(some, all, spins: true), all));

    /// <summary>A line that says how they are run.</summary>
    public string Describe(string what) => $"- {what}: {Waiting[0].Setup}; with spinning {Spinning[0].Setup}";
}
