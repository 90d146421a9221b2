using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>The dense vectors of a column of a snapshot, a block a group.</summary>
internal sealed class StoredVectors(VectorProperty property, RowBlock[] blocks, int[] firstRows)
{
    /// <summary>The vectors as they stand in the file.</summary>
    public RowBlock[] Blocks => blocks;

    /// <summary>A copy of a row's vector.</summary>
    public float[] Get(int row)
    {
        ref RowBlock block = ref Find(row, out int place);
        if (!property.IsHalf)
        {
            return block.Floats.Slice(place * property.Dimensions, property.Dimensions).ToArray();
        }

        float[] vector = new float[property.Dimensions];
        HalfVectors.Widen(block.Halves.Span.Slice(place * property.Dimensions, property.Dimensions), vector);
        return vector;
    }

    /// <summary>How many of the blocks have rows before a number.</summary>
    public int BlocksBefore(int row)
    {
        int index = Array.BinarySearch(firstRows, row);
        return index < 0 ? ~index : index;
    }

    /// <summary>The block of a row, and the row's place in it.</summary>
    public ref RowBlock Find(int row, out int place)
    {
        int index = Array.BinarySearch(firstRows, row);
        ref RowBlock block = ref blocks[index < 0 ? ~index - 1 : index];
        place = row - block.FirstRow;
        return ref block;
    }
}
