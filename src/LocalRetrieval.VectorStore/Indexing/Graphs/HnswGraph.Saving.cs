using System.Collections;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <content>How the graph stands in a file.</content>
internal sealed partial class HnswGraph
{
    /// <summary>Writes all that it has. Nothing is added meanwhile.</summary>
    public void Save(IndexOutput output)
    {
        output.Write(Count);
        output.Write(Volatile.Read(ref _entry));
        output.Write(_upperCount);
        output.Write(HasTwins ? 1 : 0);
        _places.Save(output, Count);
        _twins.Save(output, HasTwins ? Count : 0);
        _lowest.Save(output, Count);
        _upper.Save(output, _upperCount);
    }

    /// <summary>Takes over a graph of the same settings that was saved; there is nothing yet.</summary>
    /// <exception cref="InvalidDataException">It is no graph that was saved.</exception>
    public void Load(IndexInput input)
    {
        int count = input.Read<int>();
        long entry = input.Read<long>();
        int upperCount = input.Read<int>();
        HasTwins = input.Read<int>() != 0;
        if (count < 0 || upperCount < 0)
        {
            throw new InvalidDataException($"The graph is said to have {count} rows and {upperCount} lists above them.");
        }

        EnsureCapacity(count);
        _places.Load(input, count, 0, int.MaxValue);
        _twins.Load(input, HasTwins ? count : 0, None, count - 1);
        _lowest.Load(input, count, None, count - 1);
        _upper.Load(input, upperCount, None, count - 1);
        _upperCount = upperCount;
        ThrowIfTooHigh(count);
        ThrowIfNotBelow(count);
        ThrowIfTwinsMeet(count);
        _entry = entry;
        (int row, int level) = Entry;
        if (row >= count || (row != None && (row < 0 || !IsNode(row) || level != LevelOf(row))))
        {
            throw new InvalidDataException("The graph begins at a row that is none of it.");
        }

        Count = count;
    }

    private void ThrowIfNotBelow(int count)
    {
        for (int row = 0; row < count; row++)
        {
            for (int level = IsNode(row) ? LevelOf(row) : 0; level > 0; level--)
            {
                foreach (int neighbor in Neighbors(row, level))
                {
                    if (neighbor != None && (!IsNode(neighbor) || LevelOf(neighbor) < level))
                    {
                        throw new InvalidDataException("The graph has a neighbour at a level at which that does not stand.");
                    }
                }
            }
        }
    }

    // A chain that came back to itself would have no end: nothing stands behind two rows, and no node behind another row.
    private void ThrowIfTwinsMeet(int count)
    {
        BitArray isBehind = new(HasTwins ? count : 0);
        for (int row = 0; row < isBehind.Length; row++)
        {
            int twin = IsNode(row) || IsTwin(row) ? TwinOf(row) : None;
            if (twin == None)
            {
                continue;
            }

            if (!IsTwin(twin) || isBehind[twin])
            {
                throw new InvalidDataException("The graph has equal rows that do not stand in a chain.");
            }

            isBehind[twin] = true;
        }
    }

    private void ThrowIfTooHigh(int count)
    {
        for (int row = 0; row < count; row++)
        {
            if (IsNode(row) && LevelOf(row) > 0 && (_places[row][0] >> LevelBits) + LevelOf(row) > _upperCount)
            {
                throw new InvalidDataException("The graph has a row whose lists are missing.");
            }
        }
    }
}
