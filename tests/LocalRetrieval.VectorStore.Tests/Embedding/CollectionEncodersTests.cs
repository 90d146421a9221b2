using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Embedding;

/// <summary>Vectors that callers hand in, with what they say of the encoder.</summary>
public sealed class CollectionEncodersTests : IDisposable
{
    private readonly EncoderInfo _first = FakeEncoders.Info("a", similarity: SimilarityFunctions.Cosine);
    private readonly EncoderInfo _other = FakeEncoders.Info("b");
    private readonly LocalVectorStore _store = new();

    [Fact]
    public async Task CheckAsync_NothingRemembered_PassesAndRemembersNothing()
    {
        ICollectionEncoders encoders = await ExistingAsync();

        Assert.False(await encoders.CheckAsync(_first));

        await encoders.RememberAsync(_other);
        Assert.True(await encoders.CheckAsync(_other));
    }

    [Fact]
    public async Task RememberAsync_AnotherEncoder_IsRefusedFromThenOn()
    {
        ICollectionEncoders encoders = await ExistingAsync();
        await encoders.RememberAsync(_first);

        AssertNames(await Assert.ThrowsAsync<InvalidOperationException>(async () => await encoders.CheckAsync(_other)));
        AssertNames(await Assert.ThrowsAsync<InvalidOperationException>(async () => await encoders.RememberAsync(_other, nameof(Note.Vector))));
        await encoders.CheckAsync(FakeEncoders.Info("a"));
        await encoders.RememberAsync(_first, nameof(Note.Vector));
    }

    [Fact]
    public async Task RememberAsync_BeforeTheFirstRows_SurvivesWhatChangesNothing()
    {
        ICollectionEncoders encoders = await ExistingAsync();
        await encoders.RememberAsync(_first);

        await Notes().DeleteAsync("missing");
        await Notes().UpsertAsync([]);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await encoders.CheckAsync(_other));
        await Notes().UpsertAsync(Vector("1"));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await encoders.CheckAsync(_other));
    }

    [Fact]
    public async Task RememberAsync_CollectionEmptied_Forgets()
    {
        ICollectionEncoders encoders = await ExistingAsync();
        await encoders.RememberAsync(_first);
        await Notes().UpsertAsync([Vector("1"), Vector("2")]);
        await Notes().DeleteAsync("1");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await encoders.CheckAsync(_other));

        await Notes().DeleteAsync("2");

        await encoders.RememberAsync(_other);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await encoders.CheckAsync(_first));
    }

    [Fact]
    public async Task RememberAsync_ReaderOfBefore_KeepsItsRows()
    {
        ICollectionEncoders encoders = await ExistingAsync();
        await Notes().UpsertAsync([Vector("1"), Vector("2")]);

        await encoders.RememberAsync(_first);

        Assert.Equal("12", await Notes().SearchAsync(new float[] { 1, 0, 0 }, 9).IdsAsync());
    }

    [Fact]
    public async Task AllowOtherEncoders_True_TakesBothAndKeepsTheFirst()
    {
        ICollectionEncoders encoders = await ExistingAsync();
        using LocalVectorStore lenient = new(new() { SharedWith = _store, AllowOtherEncoders = true });
        ICollectionEncoders lenientEncoders = Of(lenient.GetCollection<string, Note>("docs"));
        await encoders.RememberAsync(_first);

        await lenientEncoders.CheckAsync(_other);
        await lenientEncoders.RememberAsync(_other);

        await encoders.CheckAsync(_first);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await encoders.CheckAsync(_other));
    }

    [Fact]
    public async Task RememberAsync_AnotherRemembersBetweenCheckAndLock_IsRefused()
    {
        ICollectionEncoders encoders = Of(await Stores.CollectionAsync<string, Note>(_store, DotProduct()));

        // The contradiction is logged when the check has passed and nothing is remembered yet.
        using CallbackLoggerFactory log = new(() => encoders.RememberAsync(_other).AsTask().GetAwaiter().GetResult());
        using LocalVectorStore late = new(new() { SharedWith = _store }, log);
        ICollectionEncoders lateEncoders = Of(late.GetCollection<string, Note>("docs", DotProduct()));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await lateEncoders.RememberAsync(_first));

        Assert.Contains("model ('b' and 'a')", refusal.Message, StringComparison.Ordinal);
        await encoders.CheckAsync(_other);
    }

    [Fact]
    public async Task SearchAsync_TextAfterVectorsOfAnother_IsRefused()
    {
        ICollectionEncoders encoders = await ExistingAsync();
        await encoders.RememberAsync(_first);
        await Notes().UpsertAsync(Vector("1"));
        using FakeGenerator generator = FakeEncoders.Generator("b");
        using LocalVectorStore store = FakeEncoders.Sharing(_store, generator);

        AssertNames(await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await store.GetCollection<string, Note>("docs").SearchAsync("x", 1).ToListAsync()));
    }

    [Fact]
    public async Task RememberAsync_CollectionCreatedAnewMeanwhile_IsRememberedByTheNewOne()
    {
        ICollectionEncoders encoders = await ExistingAsync();
        EncoderInfo slow = new("a", () =>
        {
            _store.EnsureCollectionDeletedAsync("docs").Wait();
            _store.GetCollection<string, Note>("docs").EnsureCollectionExistsAsync().Wait();
            return _first.Fingerprint;
        })
        { Dimensions = 3 };

        await encoders.RememberAsync(slow);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await encoders.CheckAsync(_other));
    }

    [Fact]
    public async Task RememberAsync_LongerEncoder_CountsAtThePropertysLength()
    {
        ICollectionEncoders encoders = await ExistingAsync();
        await encoders.RememberAsync(FakeEncoders.Info("a", dimensions: 8));
        using FakeGenerator generator = FakeEncoders.Generator("a");
        using LocalVectorStore store = FakeEncoders.Sharing(_store, generator);

        Assert.Empty(await store.GetCollection<string, Note>("docs").SearchAsync("x", 1).ToListAsync());
    }

    [Fact]
    public async Task CheckAsync_ContradictingDistanceFunction_IsLoggedOnce()
    {
        using RecordingLoggerFactory log = new();
        using LocalVectorStore store = new(null, log);
        ICollectionEncoders encoders = Of(await Stores.CollectionAsync<string, Note>(store, DotProduct()));

        await encoders.CheckAsync(_first);
        await encoders.RememberAsync(_first);

        Assert.Single(log.Messages);
    }

    [Fact]
    public async Task GetService_DynamicCollection_SeesTheSameEncoder()
    {
        VectorStoreCollectionDefinition definition = new()
        {
            Properties = [new VectorStoreKeyProperty("Key", typeof(int)), new VectorStoreVectorProperty("Vector", typeof(float[]), 3)],
        };
        var records = _store.GetDynamicCollection("dynamic", definition);
        await records.EnsureCollectionExistsAsync();

        await Of(records).RememberAsync(_first, "Vector");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Of(_store.GetDynamicCollection("dynamic", definition)).CheckAsync(_other));
        Assert.Null(records.GetService(typeof(ICollectionEncoders), "key"));
    }

    [Fact]
    public async Task CheckAsync_NoSuchVector_ThrowsNamingIt()
    {
        ICollectionEncoders encoders = await ExistingAsync();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await encoders.CheckAsync(_first, nameof(Note.Text)));

        Assert.Contains("'Text' is no vector property of Note", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_NoCollection_Throws() =>
        await Assert.ThrowsAsync<VectorStoreException>(async () => await Of(Notes()).CheckAsync(_first));

    public void Dispose() => _store.Dispose();

    private static void AssertNames(InvalidOperationException refusal)
    {
        Assert.Contains("'docs'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("model ('a' and 'b')", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(LocalVectorStoreOptions.AllowOtherEncoders), refusal.Message, StringComparison.Ordinal);
    }

    private static VectorStoreCollectionDefinition DotProduct() => new()
    {
        Properties = [new VectorStoreVectorProperty(nameof(Note.Vector), typeof(ReadOnlyMemory<float>?), 3) { DistanceFunction = DistanceFunction.DotProductSimilarity }],
    };

    private static Note Vector(string id) => new() { Id = id, Vector = new float[] { 1, 0, 0 } };

    private static ICollectionEncoders Of<TKey, TRecord>(VectorStoreCollection<TKey, TRecord> collection)
        where TKey : notnull
        where TRecord : class => Assert.IsAssignableFrom<ICollectionEncoders>(collection.GetService(typeof(ICollectionEncoders)));

    private VectorStoreCollection<string, Note> Notes() => _store.GetCollection<string, Note>("docs");

    private async Task<ICollectionEncoders> ExistingAsync() => Of(await Stores.CollectionAsync<string, Note>(_store));

    private sealed class CallbackLoggerFactory(Action onLog) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => onLog();

        public void Dispose()
        {
        }
    }
}
