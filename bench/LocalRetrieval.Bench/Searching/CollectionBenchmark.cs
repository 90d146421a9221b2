using System.Numerics.Tensors;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.Searching;

/// <summary>A collection as its users see it: upserts beside a copy of the vectors, filtered searches beside a loop over the rows that match, and memory.</summary>
internal static class CollectionBenchmark
{
    private const int Dimensions = BenchRecord.Dimensions;
    private const int Top = 10;
    private const int Searches = 200;
    private const int SearchesAtOnce = 32;

    public static async Task<string> RunAsync(int rounds)
    {
        (float[] vectors, string source) = SentenceWindows.ReadOrMakeNoise();
        BenchRecord[] records = BenchRecord.Of(vectors);
        return FormattableString.Invariant($"""
            {records.Length:N0} records with a key, two indexed numbers, a text and a vector of {Dimensions} float32 ({source}), through the public interface. {rounds} rounds.

            ## Upsert

            Each into a collection of its own; the first line is what copying the vectors into fresh memory takes.

            {await UpsertAsync(vectors, records, rounds)}
            ## Searches at once, top {Top}

            {await BatchAsync(records, rounds)}
            ## Filtered search, top {Top}

            {await FilterAsync(vectors, records, rounds)}
            ## Memory

            {await MeasureMemoryAsync(vectors)}

            """);
    }

    private static async Task<string> UpsertAsync(float[] vectors, BenchRecord[] records, int rounds)
    {
        Contender[] contenders =
        [
            new("copy of the vectors", () => Copy(vectors)),
            new("one call", () => FillAsync(records, records.Length)),
            new("1,000 records a call", () => FillAsync(records, 1000)),
            new("one record a call", () => FillAsync(records, 1)),
        ];
        return Race.Table("records", records.Length, contenders, await Race.RunAsync(contenders, rounds));
    }

    private static async Task<string> BatchAsync(BenchRecord[] records, int rounds)
    {
        LocalVectorStoreCollection<int, BenchRecord> collection = await FillAsync(records, records.Length);
        ReadOnlyMemory<float>[] queries = [.. Enumerable.Range(0, SearchesAtOnce).Select(query => records[query * 97].Vector)];
        Contender[] contenders =
        [
            new("one after another", async () =>
            {
                foreach (ReadOnlyMemory<float> query in queries)
                {
                    await collection.SearchAsync(query, Top).CountAsync();
                }
            }),
            new("SearchBatchAsync", () => collection.SearchBatchAsync(queries, Top)),
        ];
        return Race.Table("searches", SearchesAtOnce, contenders, await Race.RunAsync(contenders, rounds));
    }

    private static async Task<string> FilterAsync(float[] vectors, BenchRecord[] records, int rounds)
    {
        LocalVectorStoreCollection<int, BenchRecord> collection = await FillAsync(records, records.Length);
        ReadOnlyMemory<float> query = records[0].Vector;
        Contender[] contenders =
        [
            new("1 %: loop over the rows that match", () => LoopAsync(vectors, query.Span, 100)),
            new("1 %: search", () => SearchAsync(collection, query, 100, OfHundredth)),
            new("0.01 %: loop over the rows that match", () => LoopAsync(vectors, query.Span, 10_000)),
            new("0.01 %: search", () => SearchAsync(collection, query, 10_000, OfTenThousandth)),
            new("none: search", () => SearchAsync(collection, query, 10_000, value => OfTenThousandth(value + 10_000))),
            new("10 records by key", () => GetAsync(collection)),
        ];
        IReadOnlyDictionary<string, double[]> seconds = await Race.RunAsync(contenders, rounds);
        double Microseconds(int contender) => Race.Median(seconds[contenders[contender].Name]) * 1e6 / Searches;
        double fixedCost = Microseconds(3) - Microseconds(2);
        double beyond = (Microseconds(1) - fixedCost) / Microseconds(0);
        string table = Race.Table("searches", Searches, contenders, seconds);
        return FormattableString.Invariant($"""
            {table}
            A search of 0.01 % takes {fixedCost:F1} µs more than the loop over its rows: the fixed cost of a call that finds {Top} records. A call that finds nothing takes
            {Microseconds(4):F1} µs, and {Top} records by their keys {Microseconds(5):F1} µs. Beyond the fixed cost, a search of 1 % takes {beyond:F2} times what the loop over its rows takes.

            """);
    }

    private static VectorSearchOptions<BenchRecord> OfHundredth(int value) => new() { Filter = record => record.Hundredth == value };

    private static VectorSearchOptions<BenchRecord> OfTenThousandth(int value) => new() { Filter = record => record.TenThousandth == value };

    private static async Task<LocalVectorStoreCollection<int, BenchRecord>> FillAsync(BenchRecord[] records, int batch)
    {
        LocalVectorStoreCollection<int, BenchRecord> collection = new LocalVectorStore().GetCollection<int, BenchRecord>("records");
        await collection.EnsureCollectionExistsAsync();
        for (int start = 0; start < records.Length; start += batch)
        {
            await (batch == 1
                ? collection.UpsertAsync(records[start])
                : collection.UpsertAsync(new ArraySegment<BenchRecord>(records, start, Math.Min(batch, records.Length - start))));
        }

        return collection;
    }

    private static Task Copy(float[] vectors)
    {
        vectors.Clone();
        return Task.CompletedTask;
    }

    /// <summary>The score of each row whose number has the same remainder, and the best of them.</summary>
    /// <returns>The sum of the best scores, so that none goes unused.</returns>
    private static Task<float> LoopAsync(float[] vectors, ReadOnlySpan<float> query, int step)
    {
        float sum = 0;
        for (int search = 0; search < Searches; search++)
        {
            float best = float.MinValue;
            for (int start = (search * 7 % step) * Dimensions; start < vectors.Length; start += step * Dimensions)
            {
                best = Math.Max(best, TensorPrimitives.Dot(query, vectors.AsSpan(start, Dimensions)));
            }

            sum += best;
        }

        return Task.FromResult(sum);
    }

    private static async Task GetAsync(LocalVectorStoreCollection<int, BenchRecord> collection)
    {
        for (int search = 0; search < Searches; search++)
        {
            int first = search * 7;
            await collection.GetAsync(Enumerable.Range(0, Top).Select(row => first + (row * 100))).CountAsync();
        }
    }

    private static async Task SearchAsync(
        LocalVectorStoreCollection<int, BenchRecord> collection, ReadOnlyMemory<float> query, int step, Func<int, VectorSearchOptions<BenchRecord>> filterBy)
    {
        for (int search = 0; search < Searches; search++)
        {
            await collection.SearchAsync(query, Top, filterBy(search * 7 % step)).CountAsync();
        }
    }

    /// <summary>What a collection of nothing but keys and vectors takes beyond the keys, beside the vectors alone.</summary>
    private static async Task<string> MeasureMemoryAsync(float[] vectors)
    {
        int count = vectors.Length / Dimensions;
        LocalVectorStore store = new();
        LocalVectorStoreCollection<int, BenchVector> collection = store.GetCollection<int, BenchVector>("vectors");
        await collection.EnsureCollectionExistsAsync();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await collection.UpsertAsync(Enumerable.Range(0, count).Select(row => new BenchVector { Key = row, Vector = vectors.AsMemory(row * Dimensions, Dimensions) }));
        double bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        GC.KeepAlive(store);
        const double Key = 24;
        const double Raw = Dimensions * sizeof(float);
        return FormattableString.Invariant(
            $"A record of a key and a vector takes {bytes:F0} bytes: {Raw:F0} of the vector, {Key:F0} of the key, and {bytes - Raw - Key:F0} of bookkeeping, {(bytes - Raw - Key) / Raw:P1} of the vector.");
    }
}
