using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>A collection that hands its calls on, and fails where it is told to.</summary>
internal sealed class FaultyCollection(VectorStoreCollection<string, Passage> inner) : VectorStoreCollection<string, Passage>
{
    /// <summary>Makes writing a batch fail that has such a passage.</summary>
    public Func<Passage, bool> FailUpsert { get; set; } = _ => false;

    public bool FailDelete { get; set; }

    /// <summary>A store that has none of what VectorData does not ask for, and filters.</summary>
    public bool IsPlain { get; init; }

    /// <summary>A service that the collection does not give; it filters then.</summary>
    public Type? Withheld { get; init; }

    /// <summary>How many passages a batch writes before it fails; null where it does not.</summary>
    public int? FailUpsertAfter { get; set; }

    /// <summary>The keys whose vectors were asked for.</summary>
    public ConcurrentQueue<string> FetchedVectors { get; } = [];

    /// <summary>The keys written so far.</summary>
    public List<string> Upserted { get; } = [];

    public override string Name => inner.Name;

    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => inner.CollectionExistsAsync(cancellationToken);

    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) => inner.EnsureCollectionExistsAsync(cancellationToken);

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => inner.EnsureCollectionDeletedAsync(cancellationToken);

    public override Task<Passage?> GetAsync(string key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options is { IncludeVectors: true })
        {
            FetchedVectors.Enqueue(key);
        }

        return inner.GetAsync(key, options, cancellationToken);
    }

    public override IAsyncEnumerable<Passage> GetAsync(
        Expression<Func<Passage, bool>> filter, int top, FilteredRecordRetrievalOptions<Passage>? options = null, CancellationToken cancellationToken = default) =>
        IsPlain || Withheld is not null ? inner.GetAsync(filter, top, options, cancellationToken) : throw new NotSupportedException("This store cannot filter.");

    public override Task DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        FailDelete ? throw new IOException("cannot delete") : inner.DeleteAsync(key, cancellationToken);

    public override Task UpsertAsync(Passage record, CancellationToken cancellationToken = default) => UpsertAsync([record], cancellationToken);

    public override async Task UpsertAsync(IEnumerable<Passage> records, CancellationToken cancellationToken = default)
    {
        Passage[] passages = [.. records];
        if (passages.Any(FailUpsert))
        {
            throw new IOException("cannot write");
        }

        Passage[] written = passages[..Math.Min(passages.Length, FailUpsertAfter ?? passages.Length)];
        Upserted.AddRange(written.Select(passage => passage.Key));
        await inner.UpsertAsync(written, cancellationToken);
        if (FailUpsertAfter is not null)
        {
            throw new IOException("cannot write all");
        }
    }

    public override IAsyncEnumerable<VectorSearchResult<Passage>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<Passage>? options = null, CancellationToken cancellationToken = default) =>
        inner.SearchAsync(searchValue, top, options, cancellationToken);

    public override object? GetService(Type serviceType, object? serviceKey = null) => IsPlain || serviceType == Withheld ? null : inner.GetService(serviceType, serviceKey);
}
