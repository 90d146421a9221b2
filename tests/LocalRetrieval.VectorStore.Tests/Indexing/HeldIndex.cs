using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Tests.Indexing;

/// <summary>An index that, having taken its first rows, takes no more until it is let go. Renumbered, it is the other one.</summary>
/// <param name="index">The index.</param>
/// <param name="held">Set as soon as it waits.</param>
/// <param name="released">Lets it go.</param>
internal sealed class HeldIndex(VectorIndex index, TaskCompletionSource held, ManualResetEventSlim released) : VectorIndex
{
    public override int Count => index.Count;

    public override long Bytes => index.Bytes;

    public override void Add(VectorBlocks vectors, int rows, Func<int, bool> hasVector, CancellationToken cancellationToken)
    {
        if (index.Count > 0)
        {
            held.TrySetResult();
            released.Wait(cancellationToken);
        }

        index.Add(vectors, rows, hasVector, cancellationToken);
    }

    public override VectorIndex Renumber(int[] newRows, VectorBlocks vectors, CancellationToken cancellationToken) => index.Renumber(newRows, vectors, cancellationToken);

    public override void Repair(VectorBlocks vectors, Func<int, bool> isLive, CancellationToken cancellationToken) => index.Repair(vectors, isLive, cancellationToken);

    public override RowScore[][] Search(VectorIndexSearch search, CancellationToken cancellationToken) => index.Search(search, cancellationToken);
}
