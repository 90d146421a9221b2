using LocalRetrieval.VectorData.Tests.Indexing;
using LocalRetrieval.VectorData.Tests.Indexing.Upkeep;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

/// <summary>Random operations, through a class and through dictionaries, on the store and on a list that does the same naively.</summary>
public sealed class StoreTwinTests : IDisposable
{
    private const int Operations = 700;
    private const int Keys = 80;

    private readonly List<Entry> _twin = [];
    private LocalVectorStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6, IndexKind.QuantizedFlat)]
    [InlineData(7, IndexKind.Hnsw)]
    [InlineData(8, IndexKind.Dynamic)]
    public async Task Operations_Random_LeaveWhatTheNaiveTwinHas(int seed, string kind = IndexKind.Flat)
    {
        Random random = new(seed);
        _store = new CopyIndexes { LeastRows = 20 }.Store();
        var entries = await Stores.CollectionAsync<int, Entry>(_store, Vectors(kind));
        var dictionaries = _store.GetDynamicCollection("docs", Definition(kind));
        for (int i = 0; i < Operations; i++)
        {
            await ChangeAsync(random, entries, dictionaries);
            await CompareAsync(random, entries, dictionaries);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9, IndexKind.QuantizedFlat)]
    [InlineData(10, IndexKind.Hnsw)]
    [InlineData(11, IndexKind.Dynamic)]
    public async Task Operations_RandomOnDisk_AreThereAgainWhenItIsOpenedAgain(int seed, string kind = IndexKind.Flat)
    {
        await LiveAsync(seed, Vectors(kind), Definition(kind), path => new CopyIndexes { LeastRows = 20 }.Store(path, leastRows: 40));
    }

    [Theory]
    [InlineData(12, IndexKind.QuantizedFlat, VectorQuantization.Half)]
    [InlineData(13, IndexKind.QuantizedFlat, VectorQuantization.Int8)]
    [InlineData(14, IndexKind.Hnsw, VectorQuantization.None)]
    [InlineData(15, IndexKind.Hnsw, VectorQuantization.Int8)]
    public async Task Operations_RandomOnDiskByTheIndexesThemselves_AreThereAgainWhenItIsOpenedAgain(int seed, string kind, VectorQuantization quantization)
    {
        // Of so few records all that are looked at are compared by their whole vectors.
        VectorIndexOptions options = new() { Quantization = quantization, MaxBuildThreads = 1, EfSearch = kind == IndexKind.Hnsw ? 500 : null, Oversampling = kind == IndexKind.QuantizedFlat ? 40 : null };
        await LiveAsync(seed, Vectors(kind, options), Definition(kind, options), path => RealIndexes.Store(path, leastRows: 20));
    }

    private async Task LiveAsync(int seed, VectorStoreCollectionDefinition vectors, VectorStoreCollectionDefinition definition, Func<string, LocalVectorStore> open)
    {
        using StoreFolder folder = new();
        Random random = new(seed);
        for (int life = 0; life < 12; life++)
        {
            _store.Dispose();
            _store = open(folder.Path);
            var entries = await Stores.CollectionAsync<int, Entry>(_store, vectors);
            var dictionaries = _store.GetDynamicCollection("docs", definition);
            for (int i = 0; i < 40; i++)
            {
                await CompareAsync(random, entries, dictionaries);
                await ChangeAsync(random, entries, dictionaries);
            }
        }

        _store.Dispose();
    }

    private async Task ChangeAsync(
        Random random, VectorStoreCollection<int, Entry> entries, VectorStoreCollection<object, Dictionary<string, object?>> dictionaries)
    {
        Entry[] batch = [.. Enumerable.Range(0, random.Next(16)).Select(_ => Make(random))];
        switch (random.Next(400))
        {
            case 0:
                await _store.EnsureCollectionDeletedAsync("docs");
                await (random.Next(2) == 0 ? entries.EnsureCollectionExistsAsync() : dictionaries.EnsureCollectionExistsAsync());
                _twin.Clear();
                break;
            case < 50:
                await Assert.ThrowsAsync<ArgumentException>(() => entries.UpsertAsync([.. batch, new Entry { Vector = [1, float.NaN] }]));
                break;
            case < 150:
                int[] keys = [.. batch.Select(entry => entry.Id)];
                await (random.Next(2) == 0 ? entries.DeleteAsync(keys) : dictionaries.DeleteAsync(keys.Cast<object>()));
                _twin.RemoveAll(entry => keys.Contains(entry.Id));
                break;
            default:
                await (random.Next(2) == 0 ? entries.UpsertAsync(batch) : dictionaries.UpsertAsync(batch.Select(ToDictionary)));
                foreach (Entry entry in batch)
                {
                    _twin.RemoveAll(other => other.Id == entry.Id);
                    _twin.Add(entry);
                }

                break;
        }
    }

    private async Task CompareAsync(
        Random random, VectorStoreCollection<int, Entry> entries, VectorStoreCollection<object, Dictionary<string, object?>> dictionaries)
    {
        if (random.Next(4) == 0)
        {
            await ((LocalVectorStoreCollection<int, Entry>)entries).WhenIndexedAsync();
        }

        int number = random.Next(5);
        string word = $"w{random.Next(6)}";
        int key = random.Next(Keys);
        float[] query = [random.Next(9), random.Next(9)];
        float[][] queries = [query, [random.Next(9), random.Next(9)], query];
        VectorSearchOptions<Entry> options = new() { Skip = 1, Filter = entry => entry.Number >= number };
        Assert.Equal(_twin.Select(Describe), await entries.GetAsync(_ => true, Keys, new() { IncludeVectors = true }).Select(Describe).ToListAsync());
        Assert.Equal(_twin.Find(entry => entry.Id == key)?.Text, (await dictionaries.GetAsync(key))?["Text"]);
        Assert.Equal(
            _twin.Where(entry => entry.Number == number).Select(entry => entry.Id),
            await dictionaries.GetAsync(record => (int)record["Number"]! == number, Keys).Select(record => (int)record["Id"]!).ToListAsync());
        Assert.Equal(
            NearestIds(query, number), await entries.SearchAsync(query, 5, options).Select(result => result.Record.Id).ToListAsync());
        Assert.Equal(
            queries.Select(query => NearestIds(query, number)),
            (await ((LocalVectorStoreCollection<int, Entry>)entries).SearchBatchAsync(queries, 5, options)).Select(found => found.Select(result => result.Record.Id)));
        Assert.Equal(
            _twin.Where(entry => entry.Text?.Split(' ').Contains(word) == true).Select(entry => entry.Id).Order(),
            await ((IKeywordSearchable<Entry>)entries).KeywordSearchAsync(word, Keys).Select(result => result.Record.Id).Order().ToListAsync());
    }

    private IEnumerable<int> NearestIds(float[] query, int leastNumber) => _twin
        .Where(entry => entry.Number >= leastNumber && entry.Vector is not null)
        .OrderBy(entry => Distance(entry, query)).Skip(1).Take(5).Select(entry => entry.Id);

    private static double Distance(Entry entry, float[] query) => Math.Pow(entry.Vector![0] - query[0], 2) + Math.Pow(entry.Vector[1] - query[1], 2);

    private static string Describe(Entry entry) =>
        $"{entry.Id} {entry.Number} {entry.Text} {string.Join(',', entry.Tags ?? [])} {string.Join(',', entry.Vector ?? [])}";

    private static Entry Make(Random random) => new()
    {
        Id = random.Next(Keys),
        Number = random.Next(5),
        Text = random.Next(4) == 0 ? null : $"w{random.Next(6)} w{random.Next(6)}",
        Tags = random.Next(4) == 0 ? null : [$"t{random.Next(3)}"],
        Vector = random.Next(4) == 0 ? null : [random.Next(9), random.Next(9)],
    };

    private static Dictionary<string, object?> ToDictionary(Entry entry) => new()
    {
        ["Id"] = entry.Id,
        ["Number"] = entry.Number,
        ["Text"] = entry.Text,
        ["Tags"] = entry.Tags,
        ["Vector"] = entry.Vector,
    };

    private static VectorStoreCollectionDefinition Vectors(string kind, VectorIndexOptions? options = null) => new() { Properties = [Vector(kind, options)] };

    private static VectorStoreVectorProperty Vector(string kind, VectorIndexOptions? options)
    {
        VectorStoreVectorProperty vector = new("Vector", typeof(float[]), 2) { DistanceFunction = DistanceFunction.EuclideanSquaredDistance, IndexKind = kind };
        return options is null ? vector : vector.WithVectorIndex(options);
    }

    private static VectorStoreCollectionDefinition Definition(string kind, VectorIndexOptions? options = null) => new()
    {
        Properties =
        [
            Vector(kind, options),
            new VectorStoreDataProperty("Text", typeof(string)) { IsFullTextIndexed = true },
            new VectorStoreDataProperty("Number", typeof(int)) { IsIndexed = true },
            new VectorStoreDataProperty("Tags", typeof(List<string>)),
            new VectorStoreKeyProperty("Id", typeof(int)),
        ],
    };

    private sealed class Entry
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreData(IsIndexed = true)]
        public int Number { get; set; }

        [VectorStoreData(IsFullTextIndexed = true)]
        public string? Text { get; set; }

        [VectorStoreData]
        public List<string>? Tags { get; set; }

        [VectorStoreVector(2, DistanceFunction = DistanceFunction.EuclideanSquaredDistance)]
        public float[]? Vector { get; set; }
    }
}
