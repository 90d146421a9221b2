namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>How a processor counts the differing bits of a register's words.</summary>
internal interface IBinaryLanes
{
    /// <summary>How many words of 64 bits a register holds.</summary>
    static abstract int Words { get; }

    /// <summary>Counts in which bits words differ from a query's, each difference as much as its bit of the query weighs.</summary>
    /// <param name="row">The words.</param>
    /// <param name="query">The query's: <c>[bit, half, word]</c>, as <see cref="BinaryKernel{TLanes}.ToRegisters"/> lays them out.</param>
    /// <param name="counts">Takes a count a word.</param>
    static abstract void Count(ref ulong row, ref ulong query, ref ulong counts);
}
