using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>Finds the rows of a snapshot that are nearest to a vector.</summary>
/// <param name="snapshot">The table.</param>
/// <param name="property">The property whose vectors are compared.</param>
/// <param name="query">The vector to compare with.</param>
/// <param name="least">The least nearness that counts, as the measure's <see cref="DistanceMeasure.Nearness"/> has it.</param>
/// <param name="capacity">How many rows to find at most.</param>
internal sealed class VectorScan(TableSnapshot snapshot, VectorProperty property, float[] query, double least, int capacity)
{
    private readonly StoredVector _query = StoredVector.Copy(query);
    private readonly VectorBlocks _vectors = snapshot.GetVectors(property.Column);
    private readonly TopResults<Row> _best = new(capacity);

    /// <summary>Scans the rows of <paramref name="candidates"/>, or all where it is null.</summary>
    /// <returns>The nearest rows that <paramref name="matches"/>, nearest first, without the first <paramref name="skip"/>.</returns>
    public (Row Item, double Nearness)[] Find(int[]? candidates, Func<Row, bool>? matches, int skip, CancellationToken cancellationToken)
    {
        int count = candidates?.Length ?? snapshot.Count;
        for (int i = 0; i < count; i++)
        {
            if ((i & 1023) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Offer(candidates is null ? i : candidates[i], matches);
        }

        return _best.Take(skip);
    }

    private void Offer(int index, Func<Row, bool>? matches)
    {
        if (index >= snapshot.Count || snapshot.GetVisible(index) is not { } row || row.Values[property.Slot] is null)
        {
            return;
        }

        double nearness = property.Measure.Nearness(property.Measure.Score(_query, StoredVector.Copy(_vectors.Get(index))));
        if (nearness >= least && matches?.Invoke(row) != false)
        {
            _best.Offer(row, nearness, row.Order);
        }
    }
}
