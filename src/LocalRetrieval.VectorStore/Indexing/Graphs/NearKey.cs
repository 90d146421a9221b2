namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>A row and its nearness as one number that is greater for the nearer one, and of equally near ones for the lower row.</summary>
internal static class NearKey
{
    public static ulong Of(float nearness, int row)
    {
        // Zero has one form only; bits of negative floats descend.
        int bits = BitConverter.SingleToInt32Bits(nearness + 0f);
        uint ascending = (uint)(bits ^ ((bits >> 31) & int.MaxValue)) ^ 0x8000_0000;
        return ((ulong)ascending << 32) | ~(uint)row;
    }

    public static int RowOf(ulong key) => (int)~(uint)key;

    public static float NearnessOf(ulong key)
    {
        int ascending = (int)((uint)(key >> 32) ^ 0x8000_0000);
        return BitConverter.Int32BitsToSingle(ascending ^ ((ascending >> 31) & int.MaxValue));
    }
}
