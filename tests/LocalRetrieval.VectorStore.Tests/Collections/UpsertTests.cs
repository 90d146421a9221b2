using System.Globalization;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

public sealed class UpsertTests
{
    private static readonly RecordRetrievalOptions WithVectors = new() { IncludeVectors = true };

    [Fact]
    public async Task UpsertAsync_KnownKey_Replaces()
    {
        var notes = await Stores.NotesAsync();

        await notes.UpsertAsync(new Note { Id = "a", Text = "changed" });

        Note? note = await notes.GetAsync("a", WithVectors);
        Assert.Equal("changed", note!.Text);
        Assert.Null(note.Vector);
    }

    [Fact]
    public async Task UpsertAsync_KeyTwiceInBatch_KeepsTheLast()
    {
        var notes = await Stores.CollectionAsync<string, Note>();

        await notes.UpsertAsync([new Note { Id = "a", Number = 1 }, new Note { Id = "a", Number = 2 }]);

        Assert.Equal(2, (await notes.GetAsync("a"))!.Number);
        Assert.Single(await notes.GetAsync(note => true, 10).ToListAsync());
    }

    [Fact]
    public async Task UpsertAsync_Batch_EnumeratesOnce()
    {
        var notes = await Stores.CollectionAsync<string, Note>();
        int enumerations = 0;
        IEnumerable<Note> Source()
        {
            enumerations++;
            yield return new Note { Id = "a" };
            yield return new Note { Id = "b" };
        }

        await notes.UpsertAsync(Source());

        Assert.Equal(1, enumerations);
    }

    [Fact]
    public async Task UpsertAsync_BatchWithFault_ChangesNothing()
    {
        var notes = await Stores.NotesAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync(
            [new Note { Id = "a", Text = "changed" }, new Note { Id = "new" }, new Note { Id = "bad", Vector = new float[] { 1 } }]));

        Assert.Equal("first", (await notes.GetAsync("a"))!.Text);
        Assert.Null(await notes.GetAsync("new"));
    }

    [Fact]
    public async Task UpsertAsync_RecordsThatThrowHalfWay_ChangesNothing()
    {
        var notes = await Stores.NotesAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => notes.UpsertAsync(Source()));

        Assert.Equal("first", (await notes.GetAsync("a"))!.Text);

        static IEnumerable<Note> Source()
        {
            yield return new Note { Id = "a", Text = "changed" };
            throw new TimeoutException();
        }
    }

    [Fact]
    public async Task UpsertAsync_GetterThrows_PassesItsExceptionOn()
    {
        var records = await Stores.CollectionAsync<string, Broken>();

        await Assert.ThrowsAsync<TimeoutException>(() => records.UpsertAsync(new Broken()));
    }

    [Fact]
    public async Task UpsertAsync_CancelledWhileRecordsAreRead_ChangesNothing()
    {
        var notes = await Stores.NotesAsync();
        using CancellationTokenSource cancellation = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => notes.UpsertAsync(Endless(), cancellation.Token));

        Assert.Equal("first", (await notes.GetAsync("a"))!.Text);

        IEnumerable<Note> Endless()
        {
            for (int i = 0; ; i++)
            {
                yield return new Note { Id = "a", Number = i };
                cancellation.Cancel();
            }
        }
    }

    [Fact]
    public async Task UpsertAsync_CollectionCreatedAnewMeanwhile_IsInTheNewOne()
    {
        TaskCompletionSource gate = new();
        using FakeGenerator generator = new() { Gate = gate.Task };
        var notes = await Stores.CollectionAsync<int, TextNote>(Stores.With(generator));

        Task upsert = notes.UpsertAsync(new TextNote { Id = 1, Text = "text" });
        await notes.EnsureCollectionDeletedAsync();
        await notes.EnsureCollectionExistsAsync();
        gate.SetResult();
        await upsert;

        Assert.NotNull(await notes.GetAsync(1));
    }

    [Fact]
    public async Task UpsertAsync_CollectionDeletedMeanwhile_ThrowsAndMakesNoKey()
    {
        TaskCompletionSource gate = new();
        using FakeGenerator generator = new() { Gate = gate.Task };
        var records = await Stores.CollectionAsync<Guid, GuidText>(Stores.With(generator));
        GuidText record = new() { Text = "text" };

        Task upsert = records.UpsertAsync(record);
        await records.EnsureCollectionDeletedAsync();
        gate.SetResult();

        var exception = await Assert.ThrowsAsync<VectorStoreException>(() => upsert);
        Assert.Equal(("docs", "UpsertAsync"), (exception.CollectionName, exception.OperationName));
        Assert.Equal(Guid.Empty, record.Id);
    }

    [Theory]
    [InlineData(new float[] { 1, 2 }, "has 2 dimensions, and property 'Vector' has 3")]
    [InlineData(new float[0], "has 0 dimensions, and property 'Vector' has 3")]
    [InlineData(new[] { 1, float.NaN, 2 }, "has NaN at index 1")]
    [InlineData(new[] { 1, 2, float.NegativeInfinity }, "has -Infinity at index 2")]
    public async Task UpsertAsync_VectorOfWrongKind_ThrowsNamingKeyAndProperty(float[] vector, string expected)
    {
        var notes = await Stores.CollectionAsync<string, Note>();

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync(new Note { Id = "k7", Vector = vector }));

        Assert.Contains("'k7'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpsertAsync_Null_Throws()
    {
        var notes = await Stores.CollectionAsync<string, Note>();

        await Assert.ThrowsAsync<ArgumentNullException>(() => notes.UpsertAsync((Note)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => notes.UpsertAsync((IEnumerable<Note>)null!));
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([new Note { Id = "a" }, null!]));
        Assert.Contains("index 1", exception.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync(new Note { Id = null! }));
        Assert.Contains("'Id'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpsertAsync_RecordChangedAfterwards_StoreKeepsWhatItGot()
    {
        var notes = await Stores.CollectionAsync<string, Note>();
        float[] vector = [1, 2, 3];
        Note note = new() { Id = "a", Text = "before", Tags = ["x"], Vector = vector };

        Task upsert = notes.UpsertAsync(note);
        (note.Id, note.Text, vector[0]) = ("b", "after", 9);
        note.Tags.Add("y");
        await upsert;

        Note stored = (await notes.GetAsync("a", WithVectors))!;
        Assert.Equal("before", stored.Text);
        Assert.Equal(["x"], stored.Tags!);
        Assert.Equal([1, 2, 3], stored.Vector!.Value.ToArray());
    }

    [Fact]
    public async Task UpsertAsync_PropertyWithoutAttribute_IsNotStored()
    {
        var notes = await Stores.CollectionAsync<string, Note>();

        await notes.UpsertAsync(new Note { Id = "a", NotStored = "x" });

        Assert.Null((await notes.GetAsync("a"))!.NotStored);
    }

    [Fact]
    public async Task UpsertAsync_EmptyGuid_MakesAKey()
    {
        var records = await Stores.CollectionAsync<Guid, Keyed<Guid>>();
        Keyed<Guid> record = new();

        await records.UpsertAsync(record);

        Assert.NotEqual(Guid.Empty, record.Id);
        Assert.Equal(record.Id, (await records.GetAsync(record.Id))!.Id);
    }

    [Fact]
    public async Task UpsertAsync_EmptyGuidAndKeysNotGenerated_StoresIt()
    {
        var records = await Stores.CollectionAsync<Guid, Keyed<Guid>>(
            definition: new() { Properties = [new VectorStoreKeyProperty("Id") { IsAutoGenerated = false }] });

        await records.UpsertAsync(new Keyed<Guid>());

        Assert.NotNull(await records.GetAsync(Guid.Empty));
    }

    [Fact]
    public async Task UpsertAsync_KeyOfEachType_IsFoundAgain()
    {
        await RoundTrip("key");
        await RoundTrip(7);
        await RoundTrip(7L);
        await RoundTrip(7UL);
        await RoundTrip((short)-7);
        await RoundTrip('k');
        await RoundTrip(7.5m);
        await RoundTrip(new DateOnly(2024, 2, 29));
        await RoundTrip(DateTimeOffset.UnixEpoch);
        await RoundTrip(DayOfWeek.Friday);
        await RoundTrip((First: 1, Second: "b"));
        await RoundTrip(Guid.Parse("0192d0c2-6ac8-7b6a-9a5d-0a4b1f6f3c11", CultureInfo.InvariantCulture));

        static async Task RoundTrip<TKey>(TKey key)
            where TKey : notnull
        {
            var records = await Stores.CollectionAsync<TKey, Keyed<TKey>>();
            await records.UpsertAsync(new Keyed<TKey> { Id = key });
            Assert.Equal(key, (await records.GetAsync(key))!.Id);
        }
    }

    [Fact]
    public async Task UpsertAsync_VectorOfEachType_IsReturnedAsItWas()
    {
        var records = await Stores.CollectionAsync<string, ManyVectors>();
        Embedding<float> embedding = new(new float[] { 7, 8 }) { ModelId = "m", AdditionalProperties = new() { ["k"] = 1 } };

        await records.UpsertAsync(new ManyVectors
        {
            Id = "a",
            Memory = new float[] { 1, 2 },
            Array = [3, 4],
            Optional = null,
            Embedding = embedding,
            HalfMemory = new[] { (Half)0.1f, (Half)2 },
            HalfArray = [(Half)(-0.5f), Half.MaxValue],
            HalfEmbedding = new Embedding<Half>(new[] { Half.Epsilon, (Half)1 }) { ModelId = "h" },
        });

        ManyVectors record = (await records.GetAsync("a", WithVectors))!;
        Assert.Equal([1, 2], record.Memory.ToArray());
        Assert.Equal([3, 4], record.Array!);
        Assert.Null(record.Optional);
        Assert.Equal([7, 8], record.Embedding!.Vector.ToArray());
        Assert.Equal(("m", 1), (record.Embedding.ModelId, record.Embedding.AdditionalProperties!["k"]));
        Assert.NotSame(embedding, record.Embedding);
        Assert.Equal([(Half)0.1f, (Half)2], record.HalfMemory.ToArray());
        Assert.Equal([(Half)(-0.5f), Half.MaxValue], record.HalfArray!);
        Assert.Equal([Half.Epsilon, (Half)1], record.HalfEmbedding!.Vector.ToArray());
        Assert.Equal("h", record.HalfEmbedding.ModelId);
    }

    [Fact]
    public async Task UpsertAsync_TextStoredAsHalf_IsRoundedAndItsRangeIsKept()
    {
        using FakeGenerator generator = new() { Vector = text => text == "far" ? [1e6f, 1] : [0.1f, 1] };
        var records = await Stores.CollectionAsync<string, HalfText>(Stores.With(generator), new()
        {
            Properties = [new VectorStoreVectorProperty(nameof(HalfText.Text), typeof(string), 2) { EmbeddingType = typeof(Embedding<Half>) }],
        });

        await records.UpsertAsync(new HalfText { Text = "near" });
        VectorSearchResult<HalfText> found = await records.SearchAsync(new float[] { 1, 0 }, 1).SingleAsync();
        Assert.Equal((double)(Half)0.1f, found.Score);
        var exception = await Assert.ThrowsAsync<VectorStoreException>(() => records.UpsertAsync(new HalfText { Text = "far" }));
        Assert.Contains("range of Half", exception.Message, StringComparison.Ordinal);
        Assert.Equal(("docs", "UpsertAsync", "localretrieval"), (exception.CollectionName, exception.OperationName, exception.VectorStoreSystemName));
    }

    [Fact]
    public async Task UpsertAndSearch_ValuesOfAnyTypeThatTheGeneratorTakes_AreEmbedded()
    {
        using VersionGenerator generator = new();
        var records = await Stores.CollectionAsync<string, Versioned>(Stores.With(generator));

        await records.UpsertAsync([new Versioned { Id = "a", Version = new(1, 2) }, new Versioned { Id = "b", Version = new(3, 1) }]);

        Assert.Equal("b", (await records.SearchAsync(new Version(6, 2), 1).SingleAsync()).Record.Id);
        Assert.Equal("a", (await records.SearchAsync(new float[] { 1, 2 }, 1).SingleAsync()).Record.Id);
        Assert.Null((await records.GetAsync("a"))!.Version);
    }

    private sealed class ManyVectors
    {
        [VectorStoreKey]
        public required string Id { get; init; }

        [VectorStoreVector(2)]
        public ReadOnlyMemory<float> Memory { get; set; }

        [VectorStoreVector(2)]
        public float[]? Array { get; set; }

        [VectorStoreVector(2)]
        public ReadOnlyMemory<float>? Optional { get; set; }

        [VectorStoreVector(2)]
        public Embedding<float>? Embedding { get; set; }

        [VectorStoreVector(2)]
        public ReadOnlyMemory<Half> HalfMemory { get; set; }

        [VectorStoreVector(2)]
        public Half[]? HalfArray { get; set; }

        [VectorStoreVector(2)]
        public Embedding<Half>? HalfEmbedding { get; set; }
    }

    private sealed class Broken
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreData]
        public int Number
        {
            get => throw new TimeoutException();
            set => _ = value;
        }
    }

    private sealed class GuidText
    {
        [VectorStoreKey]
        public Guid Id { get; set; }

        [VectorStoreVector(3)]
        public string? Text { get; set; }
    }

    private sealed class HalfText
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreVector(2, DistanceFunction = DistanceFunction.DotProductSimilarity)]
        public string Text { get; set; } = "";
    }

    private sealed class Versioned
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreVector(2)]
        public Version? Version { get; set; }
    }

    /// <summary>Makes of each version a vector of its first two numbers.</summary>
    private sealed class VersionGenerator : IEmbeddingGenerator<Version, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<Version> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(value => new Embedding<float>(new float[] { value.Major, value.Minor }))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
