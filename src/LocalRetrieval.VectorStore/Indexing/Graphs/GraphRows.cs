using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>What a graph compares rows by: the whole vectors, or codes that follow them.</summary>
/// <remarks>One writer takes rows over; readers compare those that they were told of, and need no lock.</remarks>
internal abstract class GraphRows
{
    /// <summary>The rows in the form in which they are compared.</summary>
    public abstract IRowVectors Vectors { get; }

    /// <summary>Whether nearness is that of the whole vectors, so that no more rows than are asked for are compared by those.</summary>
    public abstract bool AreWhole { get; }

    /// <summary>The memory that they take beside the whole vectors, in bytes.</summary>
    public abstract long Bytes { get; }

    /// <summary>Takes over rows.</summary>
    /// <param name="vectors">The whole vectors.</param>
    /// <param name="rows">How many rows there are from now on.</param>
    /// <param name="hasVector">Whether a row has a vector and was not taken back.</param>
    /// <param name="cancellationToken">Ends it between two rows; those that were taken by then are not taken again.</param>
    public abstract void Take(VectorBlocks vectors, int rows, Func<int, bool> hasVector, CancellationToken cancellationToken);

    /// <summary>Names the form in which rows are compared, and what it depends on.</summary>
    public abstract string Format { get; }

    /// <summary>Writes what they have beside the whole vectors.</summary>
    public abstract void Save(IndexOutput output);

    /// <summary>Takes over what was saved of the same rows; there are none yet.</summary>
    /// <param name="input">What was saved.</param>
    /// <param name="vectors">The whole vectors.</param>
    /// <param name="rows">How many rows there are from now on.</param>
    /// <exception cref="InvalidDataException">It is not what was saved.</exception>
    public abstract void Load(IndexInput input, VectorBlocks vectors, int rows);

    /// <summary>The same rows under other numbers; these are left as they are.</summary>
    /// <param name="newRows">The number of each row from now on; -1 for one that goes.</param>
    /// <param name="vectors">The whole vectors, by the new numbers.</param>
    /// <param name="rows">How many rows there are then.</param>
    /// <param name="cancellationToken">Ends it; nothing is made then.</param>
    public abstract GraphRows Renumber(ReadOnlySpan<int> newRows, VectorBlocks vectors, int rows, CancellationToken cancellationToken);
}
