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

    /// <summary>Writes the lists below a number.</summary>
    public void Save(IndexOutput output, int lists)
    {
        for (int first = 0; first < lists; first += ListsPerBlock)
        {
            output.Write<int>(new ReadOnlySpan<int>((void*)AddressOf(first), Math.Min(ListsPerBlock, lists - first) * width));
        }
    }

    /// <summary>Copies lists that were written by <see cref="Save"/> over the first ones, which nobody reads yet.</summary>
    /// <param name="input">What was written.</param>
    /// <param name="lists">How many lists there are.</param>
    /// <param name="least">The least number that may stand in a list.</param>
    /// <param name="most">The greatest one.</param>
    /// <exception cref="InvalidDataException">There are fewer, or a number is none that may stand there.</exception>
    public void Load(IndexInput input, int lists, int least, int most)
    {
        EnsureCapacity(lists);
        for (int first = 0; first < lists; first += ListsPerBlock)
        {
            int numbers = Math.Min(ListsPerBlock, lists - first) * width;
            ReadOnlySpan<int> saved = input.Read<int>(numbers).Span;
            if (saved.ContainsAnyExceptInRange(least, most))
            {
                throw new InvalidDataException("The graph names rows that it does not have.");
            }

            saved.CopyTo(new Span<int>((void*)AddressOf(first), numbers));
        }
    }

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
