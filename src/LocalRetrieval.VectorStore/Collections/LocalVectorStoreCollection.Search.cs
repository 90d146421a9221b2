using System.Runtime.CompilerServices;
using LocalRetrieval.VectorData.Embedding;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Collections;

internal sealed partial class LocalVectorStoreCollection<TKey, TRecord>
{
    private static readonly VectorSearchOptions<TRecord> DefaultSearch = new();

    public override IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= DefaultSearch;
        int vector = model.FindVector(options.VectorProperty);
        SearchRequest request = new(
            vector,
            model.Vectors[vector],
            top,
            options.Skip,
            options.Filter?.Compile(),
            options.ScoreThreshold,
            ReadIncludeVectors(options.IncludeVectors));
        return SearchCoreAsync(searchValue, request, cancellationToken);
    }

    private async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchCoreAsync<TInput>(
        TInput searchValue, SearchRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TInput : notnull
    {
        cancellationToken.ThrowIfCancellationRequested();
        CollectionTable<TKey, TRecord> table = GetTable(nameof(SearchAsync));
        StoredVector query = await QueryEmbedder.EmbedAsync(request.Property, searchValue, cancellationToken).ConfigureAwait(false);
        DistanceMeasure measure = request.Property.Measure;
        foreach ((StoredRecord<TKey, TRecord> stored, double nearness) in Search(table, query, request, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new VectorSearchResult<TRecord>(CopyOut(stored, request.IncludeVectors), measure.Nearness(nearness));
        }
    }

    private static (StoredRecord<TKey, TRecord> Item, double Nearness)[] Search(
        CollectionTable<TKey, TRecord> table, StoredVector query, SearchRequest request, CancellationToken cancellationToken)
    {
        DistanceMeasure measure = request.Property.Measure;
        double least = request.ScoreThreshold is { } threshold ? measure.Nearness(threshold) : double.NegativeInfinity;
        TopResults<StoredRecord<TKey, TRecord>> best = new((int)Math.Min(int.MaxValue, (long)request.Top + request.Skip));
        foreach (StoredRecord<TKey, TRecord> stored in table.Records.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (stored.Vectors[request.Vector] is not { } vector || request.Filter?.Invoke(stored.Record) == false)
            {
                continue;
            }

            double nearness = measure.Nearness(measure.Score(query, vector));
            if (nearness >= least)
            {
                best.Offer(stored, nearness, stored.Order);
            }
        }

        return best.Take(request.Skip);
    }

    /// <summary>The options of a search as they were when it was asked for.</summary>
    private sealed record SearchRequest(
        int Vector, VectorProperty Property, int Top, int Skip, Func<TRecord, bool>? Filter, double? ScoreThreshold, bool IncludeVectors);
}
