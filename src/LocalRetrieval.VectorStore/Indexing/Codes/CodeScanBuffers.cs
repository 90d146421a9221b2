using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>What one thread of a <see cref="CodeScan"/> writes to.</summary>
internal sealed class CodeScanBuffers
{
    public CodeScanBuffers(int queryCount, int tile, int kept)
    {
        Nearness = new float[queryCount * tile];
        Found = new TopRows[queryCount];
        for (int query = 0; query < queryCount; query++)
        {
            Found[query] = new TopRows(kept);
        }
    }

    /// <summary>How near the rows of a tile are, <c>[query, row]</c>.</summary>
    public float[] Nearness { get; }

    /// <summary>The best rows for each query.</summary>
    public TopRows[] Found { get; }
}
