namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>How a graph is built and searched.</summary>
/// <param name="M">How many neighbours a row takes when it is added; it may have twice as many at the lowest level.</param>
/// <param name="EfConstruction">Among how many near rows the neighbours of a new row are chosen.</param>
/// <param name="EfSearch">How many near rows a search keeps; null where that is chosen for a recall.</param>
/// <param name="TargetRecall">That recall.</param>
/// <param name="Seed">Decides which rows stand at which levels.</param>
/// <param name="Threads">How many threads build it. One gives the same bytes always.</param>
internal sealed record GraphSettings(int M = 16, int EfConstruction = 128, int? EfSearch = null, double TargetRecall = .95, int Seed = 0, int Threads = 1)
{
    private const int MostThreadsForProcessor = 2;

    /// <summary>How many threads build it indeed: each has buffers of its own, and many more than there are processors gain nothing.</summary>
    public int UsedThreads => Math.Clamp(Threads, 1, MostThreadsForProcessor * Environment.ProcessorCount);

    /// <summary>How many neighbours a row has at most at a level.</summary>
    public int MostAt(int level) => level == 0 ? 2 * M : M;
}
