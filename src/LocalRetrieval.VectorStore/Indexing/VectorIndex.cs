using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing;

/// <summary>Finds the nearest rows of a dense column without a comparison of all their whole vectors: over codes, over a graph, or both.</summary>
/// <remarks>
/// It follows a table's published rows from behind, by one thread at a time: <see cref="Add"/> takes rows that are never changed any more, so that nobody who writes waits for it.
/// Rows that it does not know yet are compared as they are; so a search is never wrong for an index that is behind, only slower. Searches need no lock.
/// Rows that are no longer there stay in it, are passed through and not returned, until it is <see cref="Renumber">renumbered</see> or <see cref="Repair">repaired</see>.
/// </remarks>
internal abstract class VectorIndex
{
    /// <summary>The number of rows at which an index that chooses something by its own rows measures them first; it does so again whenever there are a quarter more.</summary>
    public const int LeastRowsToMeasure = 1024;

    private const int PartBetweenMeasures = 4;

    /// <summary>How many rows it knows: those before this number.</summary>
    public abstract int Count { get; }

    /// <summary>The memory that it takes beside the whole vectors, in bytes.</summary>
    public abstract long Bytes { get; }

    /// <summary>How many rows are compared by whole vectors for each that is asked for; null where the index has no such number.</summary>
    public virtual double? UsedOversampling => null;

    /// <summary>How many rows a search of a graph keeps in view; null where there is no graph.</summary>
    public virtual int? UsedEfSearch => null;

    /// <summary>The share of what an exact search finds that was found when the index last chose one of these; null where it has chosen none.</summary>
    public virtual double? MeasuredRecall => null;

    /// <summary>The next number of rows at which an index measures. Which numbers these are does not depend on how rows come, so that neither does what is chosen.</summary>
    /// <param name="rows">How many rows there are, or were when it measured last.</param>
    public static long NextMeasured(int rows)
    {
        long next = LeastRowsToMeasure;
        while (next <= rows)
        {
            next += next / PartBetweenMeasures;
        }

        return next;
    }

    /// <summary>Takes rows, from <see cref="Count"/> on.</summary>
    /// <param name="vectors">The whole vectors.</param>
    /// <param name="rows">Up to which row: one more than the last one's number. All of them are published.</param>
    /// <param name="hasVector">Whether a row has a vector in this column and was not taken back.</param>
    /// <param name="cancellationToken">Ends it between two rows; what was taken by then counts.</param>
    public abstract void Add(VectorBlocks vectors, int rows, Func<int, bool> hasVector, CancellationToken cancellationToken);

    /// <summary>The same index over those rows that stay, each under another number; this one is left as it is.</summary>
    /// <param name="newRows">The number of each row that it knows from now on, ascending among those that stay; -1 for one that goes. There may be more, and no row has a number that is given before the last one and not known.</param>
    /// <param name="vectors">The whole vectors, by the new numbers.</param>
    /// <param name="cancellationToken">Ends it; nothing is made then.</param>
    public abstract VectorIndex Renumber(int[] newRows, VectorBlocks vectors, CancellationToken cancellationToken);

    /// <summary>Has searches no longer pass through rows that are gone, where those are many.</summary>
    /// <param name="vectors">The whole vectors.</param>
    /// <param name="isLive">Whether a row is there in the last generation.</param>
    /// <param name="cancellationToken">Ends it between two rows; what was done by then counts.</param>
    public abstract void Repair(VectorBlocks vectors, Func<int, bool> isLive, CancellationToken cancellationToken);

    /// <summary>Finds the nearest rows.</summary>
    /// <param name="search">What is asked.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>For each query the rows with their scores by the whole vectors where there are any, nearest first; of equally near ones the lower number first. As many as are asked for whenever as many match.</returns>
    public abstract RowScore[][] Search(VectorIndexSearch search, CancellationToken cancellationToken);

    /// <summary>Names the kind, the version of what it writes, and each option that this depends on: what <see cref="Save"/> wrote is loaded by an index of the same format alone. Null where it saves nothing.</summary>
    public virtual string? Format => null;

    /// <summary>Writes all that it knows, for the rows that it knows. Nothing is added meanwhile; searches go on.</summary>
    /// <param name="output">Takes it.</param>
    /// <param name="cancellationToken">Ends it; what was written is given up then.</param>
    public virtual void Save(IndexOutput output, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Has this index, which is new and knows no row, know what one of the same format saved of the same rows. It goes on from there as that would have.</summary>
    /// <param name="input">What was saved, as it was saved; it may be kept, and cannot be written to.</param>
    /// <param name="vectors">The whole vectors.</param>
    /// <exception cref="InvalidDataException">It is not what an index of this format saves.</exception>
    public virtual void Load(IndexInput input, VectorBlocks vectors) => throw new NotSupportedException();
}
