using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Where the vector of each row lies, and its scale, so that a row anywhere is found in a few steps.</summary>
/// <remarks>It keeps the memory alive. Never changed; safe for concurrent use.</remarks>
internal sealed unsafe class RowAddresses
{
    // So many rows have one entry that says in which block the first of them is.
    private const int PageShift = 6;

    private readonly RowBlock[] _blocks;
    private readonly Place[] _places;
    private readonly int[] _placeOfPage;
    private readonly nint _rowSize;

    /// <param name="blocks">All rows; they lie in memory that does not move.</param>
    /// <param name="dimensions">The vectors' dimensions.</param>
    public RowAddresses(RowBlock[] blocks, int dimensions)
    {
        _blocks = [.. blocks.Where(block => block.Count > 0)];
        Count = _blocks is [.., { } last] ? last.FirstRow + last.Count : 0;
        IsHalf = _blocks is [{ Halves.IsEmpty: false }, ..];
        _rowSize = (nint)dimensions * (IsHalf ? sizeof(Half) : sizeof(float));
        _places = new Place[_blocks.Length];
        for (int i = 0; i < _places.Length; i++)
        {
            _places[i] = new Place(_blocks[i]);
        }

        _placeOfPage = new int[(Count + (1 << PageShift) - 1) >> PageShift];
        for (int page = 0, place = 0; page < _placeOfPage.Length; page++)
        {
            _placeOfPage[page] = place = PlaceOf(page << PageShift, place);
        }
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>Whether vectors are Half.</summary>
    public bool IsHalf { get; }

    /// <summary>The address of a row's vector.</summary>
    /// <param name="row">The row.</param>
    /// <param name="scale">The address of its scale; 0 where it is of length 1, or zero.</param>
    public nint Find(int row, out nint scale)
    {
        ref Place place = ref _places[PlaceOf(row, _placeOfPage[row >> PageShift])];
        nint index = row - place.FirstRow;
        scale = place.Scales == 0 ? 0 : place.Scales + (index * sizeof(float));
        return place.Vectors + (index * _rowSize);
    }

    private int PlaceOf(int row, int place)
    {
        while (row >= _places[place].FirstRow + _places[place].Count)
        {
            place++;
        }

        return place;
    }

    private readonly struct Place(in RowBlock block)
    {
        public readonly int FirstRow = block.FirstRow;
        public readonly int Count = block.Count;
        public readonly nint Vectors = block.Halves.IsEmpty ? AddressOf(block.Floats.Span) : AddressOf(block.Halves.Span);
        public readonly nint Scales = AddressOf(block.Scales.Span);

        private static nint AddressOf<T>(ReadOnlySpan<T> values) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values));
    }
}
