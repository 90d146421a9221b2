namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>What one thread writes to while it searches or builds.</summary>
internal sealed class GraphBuffers
{
    private const int MostKept = 1 << 17;

    public NearRows Found { get; } = new();

    public Frontier Frontier { get; } = new();

    public VisitedRows Visited { get; } = new();

    /// <summary>The rows that are compared next.</summary>
    public int[] Rows { get; private set; } = new int[64];

    /// <summary>How near they are.</summary>
    public float[] Nearness { get; private set; } = new float[64];

    /// <summary>Whether the largest search until now took so much that it is not kept for others. What has its size by the number of rows is not counted.</summary>
    public bool IsLarge => Found.Room + Frontier.Room + Visited.Room > MostKept;

    /// <summary>Makes room for so many rows to be compared at once.</summary>
    public void EnsureRows(int count)
    {
        if (Rows.Length < count)
        {
            Rows = new int[count];
            Nearness = new float[count];
        }
    }

    /// <summary>Forgets the last search.</summary>
    /// <param name="rows">The rows that the next one may come by are below this number.</param>
    /// <param name="kept">How many it keeps.</param>
    public void Clear(int rows, int kept)
    {
        Visited.Clear(rows);
        Frontier.Clear();
        Found.Clear(kept);
    }
}
