using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>The records of one collection, whatever their types.</summary>
internal abstract class CollectionTable(RecordModel model)
{
    protected RecordModel Model => model;

    /// <exception cref="InvalidOperationException">The table stores other records than <paramref name="asked"/> describes.</exception>
    public void ThrowIfOther(string name, RecordModel asked)
    {
        if (!model.StoresLike(asked))
        {
            throw new InvalidOperationException($"Collection '{name}' exists and has {asked.DifferenceFrom(model)}. Delete it first, or use another name.");
        }
    }

    /// <exception cref="InvalidOperationException">The table stores other records than <paramref name="asked"/> describes.</exception>
    public CollectionTable<TKey, TRecord> As<TKey, TRecord>(string name, RecordModel asked)
        where TKey : notnull
        where TRecord : class
    {
        ThrowIfOther(name, asked);
        return (CollectionTable<TKey, TRecord>)this;
    }
}
