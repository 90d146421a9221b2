namespace LocalRetrieval.VectorData.Search;

/// <summary>What one thread of a search writes to.</summary>
internal sealed class RowScanBuffers
{
    /// <summary>How many rows are compared at once.</summary>
    public const int Tile = 64;

    private readonly int _widenedLength;
    private readonly int[] _list = new int[Tile];

    public RowScanBuffers(int queryCount, int dimensions, int kept)
    {
        Sums = new float[queryCount * Tile];
        _widenedLength = Tile * dimensions;
        Found = new TopRows[queryCount];
        for (int query = 0; query < queryCount; query++)
        {
            Found[query] = new TopRows(kept);
        }
    }

    /// <summary>The sums of a tile: <c>[query, row]</c>.</summary>
    public float[] Sums { get; }

    /// <summary>A tile's rows as float32, where they are stored as Half.</summary>
    public float[] Widened => field ??= new float[_widenedLength];

    /// <summary>The scales of the rows of a list.</summary>
    public float[] Scales { get; } = new float[Tile];

    /// <summary>The best rows for each query.</summary>
    public TopRows[] Found { get; }

    /// <summary>Lists neighbouring rows.</summary>
    public ReadOnlySpan<int> List(int start, int count)
    {
        Span<int> list = _list.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            list[i] = start + i;
        }

        return list;
    }
}
