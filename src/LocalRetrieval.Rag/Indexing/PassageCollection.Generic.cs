using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>A collection of passages with keys of one type.</summary>
/// <param name="collection">The collection.</param>
/// <param name="keysOf">Gives for a source the key of each of its ordinals.</param>
internal sealed class PassageCollection<TKey>(VectorStoreCollection<TKey, Passage> collection, Func<string, Func<int, TKey>> keysOf) : PassageCollection
    where TKey : notnull
{
    /// <summary>What stores take in one request without harm.</summary>
    private const int MaxRecordsPerRequest = 256;

    /// <summary>How many ordinals without a passage mean that there are no more.</summary>
    private const int Lookahead = 16;

    private static readonly RecordRetrievalOptions WithVectors = new() { IncludeVectors = true };

    private bool _givesNoVectors;

    public override string Name => collection.Name;

    public override bool HasTokens => collection.GetService(typeof(IMultiVectorScores<TKey>)) is not null;

    public override Task<bool> ExistsAsync(CancellationToken cancellationToken) => collection.CollectionExistsAsync(cancellationToken);

    public override Task EnsureExistsAsync(CancellationToken cancellationToken) => collection.EnsureCollectionExistsAsync(cancellationToken);

    public override async Task<List<Passage>> LoadAsync(string source, int expected, CancellationToken cancellationToken)
    {
        Func<int, TKey> keyOf = keysOf(source);
        List<Passage> passages = [];
        int next = 0;
        int last = -1;
        for (int wanted = expected + Lookahead; next < expected || next <= last + Lookahead; wanted = next + Lookahead)
        {
            int count = Math.Min(wanted, MaxRecordsPerRequest);
            TKey[] keys = [.. Enumerable.Range(next, count).Select(keyOf)];
            await foreach (Passage passage in collection.GetAsync(keys, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                passages.Add(passage);
                last = Math.Max(last, passage.Ordinal);
            }

            next += count;
        }

        passages.Sort((left, right) => left.Ordinal.CompareTo(right.Ordinal));
        return passages;
    }

    public override async Task<List<Passage>> LoadVectorsAsync(IReadOnlyCollection<Passage> passages, CancellationToken cancellationToken)
    {
        List<Passage> loaded = [];
        if (_givesNoVectors)
        {
            return loaded;
        }

        try
        {
            foreach (Passage[] batch in passages.Chunk(MaxRecordsPerRequest))
            {
                TKey[] keys = Array.ConvertAll(batch, passage => keysOf(passage.Source)(passage.Ordinal));
                await foreach (Passage passage in collection.GetAsync(keys, WithVectors, cancellationToken).ConfigureAwait(false))
                {
                    loaded.Add(passage);
                }
            }
        }
        catch (NotSupportedException)
        {
            _givesNoVectors = true;
        }

        return loaded;
    }

    public override async Task<Passage?> LoadOneAsync(Passage passage, CancellationToken cancellationToken)
    {
        try
        {
            return await collection.GetAsync(keysOf(passage.Source)(passage.Ordinal), WithVectors, cancellationToken).ConfigureAwait(false);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    public override async Task<Passage?> FindAnyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await collection.GetAsync(passage => passage.Ordinal == 0, top: 1, cancellationToken: cancellationToken).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    public override async Task<List<Passage>> LoadAllAsync(CancellationToken cancellationToken)
    {
        // Every source has a first passage, and stores that filter can compare a number.
        List<Passage> passages = [];
        foreach (Passage first in await FindAllAsync(passage => passage.Ordinal == 0, cancellationToken).ConfigureAwait(false))
        {
            passages.AddRange(await LoadAsync(first.Source, 0, cancellationToken).ConfigureAwait(false));
        }

        return passages;
    }

    public override async Task<IReadOnlySet<string>> FindSourcesAsync(IReadOnlyCollection<string> sources, CancellationToken cancellationToken)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (string[] batch in sources.Chunk(MaxRecordsPerRequest))
        {
            TKey[] keys = Array.ConvertAll(batch, source => keysOf(source)(0));
            await foreach (Passage passage in collection.GetAsync(keys, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                found.Add(passage.Source);
            }
        }

        return found;
    }

    public override async Task<IReadOnlySet<string>> FindScopeAsync(string scope, CancellationToken cancellationToken)
    {
        try
        {
            return (await FindAllAsync(passage => passage.Scope == scope, cancellationToken).ConfigureAwait(false)).Select(passage => passage.Source).ToHashSet(StringComparer.Ordinal);
        }
        catch (NotSupportedException)
        {
            return new HashSet<string>();
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Stores map a record by its constructor and properties, which stay.")]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties, typeof(SourceRecord))]
    public override ISlotStore CreateSlots(VectorStore store, string name, string scope) =>
        new SlotStore<TKey>(store.GetCollection<TKey, SourceRecord>(name, SourceRecord.CreateDefinition(typeof(TKey))), keysOf(scope));

    public override async Task UpsertAsync(IReadOnlyList<Passage> passages, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, Passage> source in passages.GroupBy(passage => passage.Source))
        {
            Func<int, TKey> keys = keysOf(source.Key);
            foreach (Passage passage in source)
            {
                SetKey(passage, keys(passage.Ordinal));
            }
        }

        // One that replaces all records at once applies a request as a whole, and so never holds new passages beside old ones.
        int perRequest = Rebuildable is null ? MaxRecordsPerRequest : int.MaxValue;
        foreach (Passage[] batch in passages.Chunk(perRequest))
        {
            await collection.UpsertAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task DeleteAsync(IEnumerable<Passage> passages, CancellationToken cancellationToken)
    {
        string? source = null;
        Func<int, TKey>? keys = null;
        foreach (Passage[] batch in passages.Chunk(MaxRecordsPerRequest))
        {
            await collection.DeleteAsync(Array.ConvertAll(batch, KeyOf), cancellationToken).ConfigureAwait(false);
        }

        TKey KeyOf(Passage passage)
        {
            if (source != passage.Source)
            {
                source = passage.Source;
                keys = keysOf(source);
            }

            return keys!(passage.Ordinal);
        }
    }

    public override object? GetService(Type serviceType) => collection.GetService(serviceType);

    private static void SetKey(Passage passage, TKey key)
    {
        if (key is Guid id)
        {
            passage.Id = id;
        }
        else
        {
            passage.Key = (string)(object)key;
        }
    }

    private async Task<List<Passage>> FindAllAsync(Expression<Func<Passage, bool>> filter, CancellationToken cancellationToken)
    {
        // Stores refuse a limit that is too large, and need not keep an order between pages.
        for (int top = 1024; ; top *= 4)
        {
            List<Passage> passages = await collection.GetAsync(filter, top, cancellationToken: cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
            if (passages.Count < top)
            {
                return passages;
            }
        }
    }
}
