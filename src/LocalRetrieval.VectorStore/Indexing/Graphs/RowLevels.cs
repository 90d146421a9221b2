namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>At which level a new row stands: by its number and a seed alone, so that neither the order of rows nor that of threads counts.</summary>
internal readonly struct RowLevels(int m, int seed)
{
    private readonly double _factor = 1 / Math.Log(Math.Max(2, m));

    /// <summary>The highest level of a row: 0 for most, one more for every m-th of them.</summary>
    public int Of(int row)
    {
        // SplitMix64.
        ulong bits = ((ulong)(uint)seed << 32) + (uint)row + 0x9E37_79B9_7F4A_7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        bits ^= bits >> 31;
        double uniform = ((bits >> 11) + 1) * (1.0 / (1UL << 53));
        return Math.Min(HnswGraph.MostLevels, (int)(-Math.Log(uniform) * _factor));
    }
}
