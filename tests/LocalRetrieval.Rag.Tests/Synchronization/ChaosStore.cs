using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Synchronization;

/// <summary>A store in memory that does what VectorData demands and no more: it writes a batch record by record, and any call or record may fail.</summary>
internal sealed class ChaosStore : VectorStore
{
    private readonly Dictionary<string, object> _tables = [];

    /// <summary>Called before each request and each record of a batch.</summary>
    public Action OnStep { get; set; } = () => { };

    /// <summary>Whether records can be found by anything but their keys.</summary>
    public bool Filters { get; init; } = true;

    /// <summary>How many requests were made.</summary>
    public int Requests { get; private set; }

    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null) =>
        new Collection<TKey, TRecord>(this, name, definition!.Properties.OfType<VectorStoreKeyProperty>().Single().Name);

    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) =>
        throw new NotSupportedException();

    public override IAsyncEnumerable<string> ListCollectionNamesAsync(CancellationToken cancellationToken = default) => _tables.Keys.ToAsyncEnumerable();

    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) => Task.FromResult(_tables.ContainsKey(name));

    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        _tables.Remove(name);
        return Task.CompletedTask;
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <summary>The records of a collection.</summary>
    public IReadOnlyList<TRecord> Records<TKey, TRecord>(string name)
        where TKey : notnull => _tables.TryGetValue(name, out object? table) ? [.. ((Dictionary<TKey, TRecord>)table).Values] : [];

    private sealed class Collection<TKey, TRecord>(ChaosStore store, string name, string keyName) : VectorStoreCollection<TKey, TRecord>
        where TKey : notnull
        where TRecord : class
    {
        public override string Name => name;

        private Dictionary<TKey, TRecord> Table => (Dictionary<TKey, TRecord>)store._tables[name];

        public override async Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default)
        {
            await RequestAsync(cancellationToken);
            return store._tables.ContainsKey(name);
        }

        public override async Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
        {
            await RequestAsync(cancellationToken);
            store._tables.TryAdd(name, new Dictionary<TKey, TRecord>());
        }

        public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => store.EnsureCollectionDeletedAsync(name, cancellationToken);

        public override async Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
        {
            await RequestAsync(cancellationToken);
            return Find(key);
        }

        public override async IAsyncEnumerable<TRecord> GetAsync(
            IEnumerable<TKey> keys, RecordRetrievalOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await RequestAsync(cancellationToken);
            foreach (TKey key in keys)
            {
                if (Find(key) is { } record)
                {
                    yield return record;
                }
            }
        }

        public override async IAsyncEnumerable<TRecord> GetAsync(
            Expression<Func<TRecord, bool>> filter,
            int top,
            FilteredRecordRetrievalOptions<TRecord>? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await RequestAsync(cancellationToken);
            if (!store.Filters)
            {
                throw new NotSupportedException("This store finds records by their keys alone.");
            }

            foreach (TRecord record in Table.Values.Where(filter.Compile()).Take(top).ToList())
            {
                yield return record;
            }
        }

        public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default) => DeleteAsync([key], cancellationToken);

        public override async Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
        {
            await RequestAsync(cancellationToken);
            foreach (TKey key in keys)
            {
                store.OnStep();
                lock (store._tables)
                {
                    Table.Remove(key);
                }
            }
        }

        public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default) => UpsertAsync([record], cancellationToken);

        public override async Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
        {
            await RequestAsync(cancellationToken);
            foreach (TRecord record in records)
            {
                store.OnStep();
                lock (store._tables)
                {
                    Table[(TKey)typeof(TRecord).GetProperty(keyName)!.GetValue(record)!] = Copy(record);
                }
            }
        }

        public override IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
            TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override object? GetService(Type serviceType, object? serviceKey = null) => null;

        private static TRecord Copy(TRecord record) =>
            (TRecord)typeof(TRecord).GetMethod(nameof(MemberwiseClone), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.Invoke(record, null)!;

        private TRecord? Find(TKey key)
        {
            lock (store._tables)
            {
                return Table.TryGetValue(key, out TRecord? record) ? Copy(record) : null;
            }
        }

        private async Task RequestAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            store.Requests++;
            store.OnStep();
        }
    }
}
