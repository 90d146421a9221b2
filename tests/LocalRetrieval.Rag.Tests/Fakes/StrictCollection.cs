using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>
/// A collection that refuses all that VectorData leaves to a store: filters other than by equality, large limits and batches, vectors given back,
/// options of searches, types of properties, indexes of words, services, and any use before it exists.
/// </summary>
internal sealed class StrictCollection<TKey, TRecord> : VectorStoreCollection<TKey, TRecord>
    where TKey : notnull
    where TRecord : class
{
    private const int MaxBatch = 256;
    private const int MaxTop = 1024;

    private static readonly Type[] Scalars = [typeof(string), typeof(int), typeof(long), typeof(double), typeof(bool)];

    private readonly PropertyInfo _key;
    private readonly PropertyInfo _vector;
    private readonly PropertyInfo[] _stored;
    private Dictionary<TKey, TRecord>? _records;

    public StrictCollection(string name, VectorStoreCollectionDefinition definition, bool hasLists)
    {
        Name = name;
        foreach (VectorStoreProperty property in definition.Properties)
        {
            ThrowIfUnknown(property, hasLists);
        }

        _key = PropertyOf(definition.Properties.OfType<VectorStoreKeyProperty>().Single());
        _vector = PropertyOf(definition.Properties.OfType<VectorStoreVectorProperty>().Single());
        _stored = [.. definition.Properties.Select(PropertyOf)];
    }

    public override string Name { get; }

    /// <summary>How many records were written so far.</summary>
    public int Written { get; private set; }

    private Dictionary<TKey, TRecord> Records => _records ?? throw new VectorStoreException($"There is no collection '{Name}'.");

    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => Task.FromResult(_records is not null);

    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        _records ??= [];
        return Task.CompletedTask;
    }

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default)
    {
        _records = null;
        return Task.CompletedTask;
    }

    public override Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.IncludeVectors == true)
        {
            throw new NotSupportedException("Vectors are not given back.");
        }

        return Task.FromResult(Records.TryGetValue(key, out TRecord? record) ? Copy(record, withVector: false) : null);
    }

    public override IAsyncEnumerable<TRecord> GetAsync(IEnumerable<TKey> keys, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetAsync(WithinBatch(keys), options, cancellationToken);

    public override async IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter,
        int top,
        FilteredRecordRetrievalOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (options is not null)
        {
            throw new NotSupportedException("Neither order, nor skipping, nor vectors are known.");
        }

        await Task.Yield();
        foreach (TRecord record in Records.Values.Where(Compile(filter)).Take(WithinLimit(top)).ToList())
        {
            yield return Copy(record, withVector: false);
        }
    }

    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default)
    {
        Records.Remove(key);
        return Task.CompletedTask;
    }

    public override Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default) => base.DeleteAsync(WithinBatch(keys), cancellationToken);

    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        TKey key = (TKey)_key.GetValue(record)!;
        if (key is "" || key.Equals(default(TKey)) || VectorOf(record).IsEmpty)
        {
            throw new VectorStoreException("A record has no key or no vector.");
        }

        Records[key] = Copy(record, withVector: true);
        Written++;
        return Task.CompletedTask;
    }

    public override async Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        foreach (TRecord record in WithinBatch(records))
        {
            await UpsertAsync(record, cancellationToken);
        }
    }

    public override async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (searchValue is not ReadOnlyMemory<float> vector || options is { IncludeVectors: true } or { Skip: > 0 } || !IsVector(options?.VectorProperty))
        {
            throw new NotSupportedException("Only the vector is searched, without options but a filter.");
        }

        await Task.Yield();
        Func<TRecord, bool> matches = options?.Filter is { } filter ? Compile(filter) : _ => true;
        foreach (TRecord record in Records.Values.Where(matches).OrderByDescending(Score).Take(WithinLimit(top)).ToList())
        {
            yield return new VectorSearchResult<TRecord>(Copy(record, withVector: false), Score(record));
        }

        double Score(TRecord record) => Dot(VectorOf(record), vector) / Math.Sqrt(Dot(VectorOf(record), VectorOf(record)) * Dot(vector, vector));
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    private bool IsVector(Expression<Func<TRecord, object?>>? selector) =>
        selector is null || (selector.Body is UnaryExpression { Operand: MemberExpression member } && member.Member.Name == _vector.Name);

    private ReadOnlyMemory<float> VectorOf(TRecord record) => (ReadOnlyMemory<float>)_vector.GetValue(record)!;

    private static double Dot(ReadOnlyMemory<float> left, ReadOnlyMemory<float> right) =>
        Enumerable.Range(0, left.Length).Sum(index => (double)left.Span[index] * right.Span[index]);

    private static PropertyInfo PropertyOf(VectorStoreProperty property) => typeof(TRecord).GetProperty(property.Name)!;

    private static void ThrowIfUnknown(VectorStoreProperty property, bool hasLists)
    {
        Type type = Nullable.GetUnderlyingType(property.Type!) ?? property.Type!;
        bool isKnown = property switch
        {
            VectorStoreKeyProperty key => type == typeof(TKey) && key.IsAutoGenerated != true,
            VectorStoreVectorProperty vector => type == typeof(ReadOnlyMemory<float>) && vector.DistanceFunction is null,
            VectorStoreDataProperty data => !data.IsFullTextIndexed && (Scalars.Contains(type) || (hasLists && type == typeof(List<string>))),
            _ => false,
        };
        if (!isKnown)
        {
            throw new NotSupportedException($"'{property.Name}' of type {type} is not known.");
        }
    }

    private static Func<TRecord, bool> Compile(Expression<Func<TRecord, bool>> filter) =>
        filter.Body is BinaryExpression { NodeType: ExpressionType.Equal, Left: MemberExpression { Expression: ParameterExpression } }
            ? filter.Compile()
            : throw new NotSupportedException($"Only equality is known, not {filter}.");

    private static int WithinLimit(int top) => top <= MaxTop ? top : throw new NotSupportedException($"{top} are too many.");

    private static T[] WithinBatch<T>(IEnumerable<T> items) =>
        items.ToArray() is { Length: > 0 and <= MaxBatch } batch ? batch : throw new NotSupportedException("A request has 1 to 256 records.");

    private TRecord Copy(TRecord record, bool withVector)
    {
        TRecord copy = Activator.CreateInstance<TRecord>();
        foreach (PropertyInfo property in _stored.Where(property => withVector || property != _vector))
        {
            property.SetValue(copy, property.GetValue(record));
        }

        return copy;
    }
}
