namespace LocalRetrieval.VectorData.Storage;

/// <content>How a table is filled with what its log has.</content>
internal sealed partial class Table
{
    private List<KeyValuePair<int, SparseEmbedding>>[]? _restored;

    /// <summary>Has what is restored from now on leave the inverted indexes, and what chooses among rows of several vectors, until <see cref="EndRestoring"/>.</summary>
    public void BeginRestoring()
    {
        _restored = [.. _model.VectorColumns.Select(_ => new List<KeyValuePair<int, SparseEmbedding>>())];
        _published.State.LeaveFirstPasses();
    }

    /// <summary>Has the inverted indexes be made of all rows, in the background, or by whoever needs them first; and what chooses among rows be yet to be made, as <see cref="MakeFirstPassesBy"/> has it.</summary>
    public void EndRestoring()
    {
        List<KeyValuePair<int, SparseEmbedding>>[] sparse = _restored!;
        _restored = null;
        TableSnapshot restored = _published;
        restored.State.BeginFirstPasses();
        RowIndexes none = restored.Indexes;
        if (none.HasNone)
        {
            return;
        }

        PendingIndexes indexes = new(() => none.WithRows(restored, sparse, _closing.Token));
        _published = restored.With(indexes);

        // What fails here whoever needs them tries again.
        Task.Run(() => indexes.Value).ContinueWith(static made => _ = made.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Makes a batch again that a log has.</summary>
    public void Restore(long generation, PendingRows rows)
    {
        // Of what restoring leaves out nothing is made.
        _published.State.EncodeTokens(rows);
        lock (_writing)
        {
            TableBatch batch = new(_model, _published, generation);
            batch.Upsert(rows);
            FinishRestoring(batch);
        }
    }

    /// <summary>Makes a deletion again that a log has.</summary>
    public void Restore(long generation, List<object> keys)
    {
        lock (_writing)
        {
            TableBatch batch = new(_model, _published, generation);
            batch.Delete(keys);
            FinishRestoring(batch);
        }
    }

    /// <summary>Remembers again what fills the vectors.</summary>
    public void Restore(long generation, EncoderFingerprint?[] encoders)
    {
        lock (_writing)
        {
            _published = _published.With(generation, encoders);
        }
    }

    // Rows are renumbered with the indexes, so that none is dropped before those are made.
    private void FinishRestoring(TableBatch batch)
    {
        if (_restored is not { } restored)
        {
            Publish(batch.Finish());
            return;
        }

        _published = batch.Finish(leavesIndexes: true);
        for (int column = 0; column < restored.Length; column++)
        {
            restored[column].AddRange(batch.Sparse[column]);
        }
    }
}
