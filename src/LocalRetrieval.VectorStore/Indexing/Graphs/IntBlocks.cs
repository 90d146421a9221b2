using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Lists of numbers, all of one length, in blocks that begin at a cache line and do not move.</summary>
/// <remarks>One thread makes room; what has room can be written and read by any number of threads, a number at a time.</remarks>
internal sealed unsafe class IntBlocks(int width, int empty)
{
    private const int Shift = 10;
    private const int ListsPerBlock = 1 << Shift;

    private readonly List<Memory<int>> _owners = [];
    private volatile nint[] _blocks = [];

    /// <summary>How many numbers a list has.</summary>
    public int Width => width;

    /// <summary>The memory of all blocks, in bytes.</summary>
    public long Bytes => (long)_blocks.Length * ListsPerBlock * width * sizeof(int);

    /// <summary>The numbers of a list.</summary>
    public Span<int> this[int list] => new((void*)AddressOf(list), width);

    /// <summary>Where a list lies.</summary>
    public nint AddressOf(int list) => _blocks[list >> Shift] + ((nint)(list & (ListsPerBlock - 1)) * width * sizeof(int));

    /// <summary>Makes room for lists below a number.</summary>
    public void EnsureCapacity(int lists)
    {
        int needed = (int)(((long)lists + ListsPerBlock - 1) >> Shift);
        if (needed <= _blocks.Length)
        {
            return;
        }

        nint[] grown = new nint[needed];
        _blocks.CopyTo(grown, 0);
        for (int i = _blocks.Length; i < needed; i++)
        {
            Memory<int> block = AlignedMemory.Allocate<int>(ListsPerBlock * width);
            block.Span.Fill(empty);
            _owners.Add(block);
            fixed (int* first = block.Span)
            {
                grown[i] = (nint)first;
            }
        }

        _blocks = grown;
    }
}
