namespace LocalRetrieval.Rag;

/// <summary>The sources of one scope, as records of a store.</summary>
/// <remarks>
/// Records lie in slots without gaps, whose keys follow from the scope and the slot: they are found in few requests, by a store that cannot
/// filter too. Used by one run at a time.
/// </remarks>
internal sealed class SourceManifest(ISlotStore store, string scope)
{
    private readonly SortedDictionary<int, SourceRecord> _records = [];
    private int _free;

    /// <summary>Reads all records.</summary>
    /// <returns>The records by their sources; they are not to be changed, but replaced by <see cref="WriteAsync"/>.</returns>
    public async Task<Dictionary<string, SourceRecord>> LoadAsync(CancellationToken cancellationToken)
    {
        await store.EnsureExistsAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, SourceRecord> bySource = new(StringComparer.Ordinal);
        List<SourceRecord> twice = [];
        await foreach (SourceRecord record in store.LoadAsync(cancellationToken).ConfigureAwait(false))
        {
            _records[record.Slot] = record;
            if (!bySource.TryAdd(record.Source, record))
            {
                twice.Add(record);
            }
        }

        // A removal that ended halfway has moved a record and not deleted the old one.
        await RemoveAsync(twice, cancellationToken).ConfigureAwait(false);
        return bySource;
    }

    /// <summary>Writes records; a new one, whose slot is below 0, is given one.</summary>
    public async Task WriteAsync(IReadOnlyCollection<SourceRecord> records, CancellationToken cancellationToken)
    {
        foreach (SourceRecord record in records)
        {
            record.Scope = scope;
            if (record.Slot < 0)
            {
                while (_records.ContainsKey(_free))
                {
                    _free++;
                }

                record.Slot = _free;
            }

            _records[record.Slot] = record;
        }

        await store.UpsertAsync(records, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes records, and moves the last ones into their slots.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<SourceRecord> records, CancellationToken cancellationToken)
    {
        int count = _records.Count - records.Count;
        HashSet<int> removed = [.. records.Select(record => record.Slot)];
        Queue<int> holes = new(Enumerable.Range(0, count).Where(slot => removed.Contains(slot) || !_records.ContainsKey(slot)));

        // From the last: if it ends halfway, what is left has no gap, behind which nothing is looked for.
        int[] last = [.. _records.Keys.Where(slot => slot >= count).Reverse()];
        List<SourceRecord> moved = [];
        foreach (int slot in last.Where(slot => !removed.Contains(slot)))
        {
            moved.Add(_records[slot]);
            _records[slot].Slot = holes.Dequeue();
        }

        await store.UpsertAsync(moved, cancellationToken).ConfigureAwait(false);
        await store.DeleteAsync(last, cancellationToken).ConfigureAwait(false);
        foreach (int slot in last)
        {
            _records.Remove(slot);
        }

        foreach (SourceRecord record in moved)
        {
            _records[record.Slot] = record;
        }

        _free = count;
    }
}
