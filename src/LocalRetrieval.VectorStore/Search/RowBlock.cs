using System.Diagnostics;

namespace LocalRetrieval.VectorData.Search;

/// <summary>Rows that lie one after another in memory, as float32 or as Half: <c>[row, dimension]</c>, all finite.</summary>
internal readonly struct RowBlock
{
    private RowBlock(int firstRow, int count, ReadOnlyMemory<float> floats, ReadOnlyMemory<Half> halves, ReadOnlyMemory<float> scales)
    {
        Debug.Assert(scales.IsEmpty || scales.Length == count);
        FirstRow = firstRow;
        Count = count;
        Floats = floats;
        Halves = halves;
        Scales = scales;
    }

    /// <summary>The number of the first row; the others follow it.</summary>
    public int FirstRow { get; }

    public int Count { get; }

    /// <summary>The rows as float32, or empty.</summary>
    public ReadOnlyMemory<float> Floats { get; }

    /// <summary>The rows as Half, or empty.</summary>
    public ReadOnlyMemory<Half> Halves { get; }

    /// <summary>Each row's <see cref="VectorMeasure.ScaleOf"/>, which only the cosine reads; empty where rows are of length 1, or zero.</summary>
    public ReadOnlyMemory<float> Scales { get; }

    public static RowBlock Of(int firstRow, ReadOnlyMemory<float> rows, int dimensions, ReadOnlyMemory<float> scales = default) =>
        new(firstRow, rows.Length / dimensions, rows, default, scales);

    public static RowBlock Of(int firstRow, ReadOnlyMemory<Half> rows, int dimensions, ReadOnlyMemory<float> scales = default) =>
        new(firstRow, rows.Length / dimensions, default, rows, scales);

    /// <summary>The same rows without the first ones.</summary>
    public RowBlock From(int start, int dimensions) => new(
        FirstRow + start,
        Count - start,
        Floats.IsEmpty ? default : Floats[(start * dimensions)..],
        Halves.IsEmpty ? default : Halves[(start * dimensions)..],
        Scales.IsEmpty ? default : Scales[start..]);

    /// <summary>The first rows alone.</summary>
    public RowBlock To(int count, int dimensions) => new(
        FirstRow,
        count,
        Floats.IsEmpty ? default : Floats[..(count * dimensions)],
        Halves.IsEmpty ? default : Halves[..(count * dimensions)],
        Scales.IsEmpty ? default : Scales[..count]);

    /// <summary>Neighbouring rows as float32: the block's own memory, or the buffers' where they have to be widened.</summary>
    public ReadOnlySpan<float> Read(int start, int count, int dimensions, RowScanBuffers buffers)
    {
        if (Halves.IsEmpty)
        {
            return Floats.Span.Slice(start * dimensions, count * dimensions);
        }

        Span<float> widened = buffers.Widened.AsSpan(0, count * dimensions);
        HalfVectors.Widen(Halves.Span.Slice(start * dimensions, widened.Length), widened);
        return widened;
    }

    /// <summary>Rows of a list, widened to the buffers.</summary>
    public ReadOnlySpan<float> Read(ReadOnlySpan<int> list, int dimensions, RowScanBuffers buffers)
    {
        Span<float> widened = buffers.Widened.AsSpan(0, list.Length * dimensions);
        for (int i = 0; i < list.Length; i++)
        {
            HalfVectors.Widen(Halves.Span.Slice(list[i] * dimensions, dimensions), widened.Slice(i * dimensions, dimensions));
        }

        return widened;
    }
}
