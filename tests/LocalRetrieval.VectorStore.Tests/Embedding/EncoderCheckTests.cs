using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Embedding;

/// <summary>A collection that one encoder filled, and what becomes of another one.</summary>
public sealed class EncoderCheckTests : IDisposable
{
    private readonly FakeGenerator _first = FakeEncoders.Generator("a");
    private readonly FakeGenerator _other = FakeEncoders.Generator("b");
    private readonly LocalVectorStore _store;
    private readonly LocalVectorStore _otherStore;

    public EncoderCheckTests()
    {
        _store = Stores.With(_first);
        _otherStore = FakeEncoders.Sharing(_store, _other);
    }

    [Fact]
    public async Task UpsertAsync_AnotherEncoder_IsRefusedBeforeItEmbeds()
    {
        await FilledAsync();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Texts(_otherStore).UpsertAsync(Text(2)));

        AssertNames(refusal, "model ('a' and 'b')");
        Assert.DoesNotContain("tokenizer", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_other.Calls);
        Assert.Null(await Texts(_store).GetAsync(2));
    }

    [Fact]
    public async Task SearchAsync_AnotherEncoder_IsRefusedBeforeItEmbeds()
    {
        await FilledAsync();

        AssertNames(await Assert.ThrowsAsync<InvalidOperationException>(() => SearchAsync(_otherStore)), "model ('a' and 'b')");

        Assert.Empty(_other.Calls);
        Assert.Single(await SearchAsync(_store));
    }

    [Fact]
    public async Task HybridSearchAsync_AnotherEncoder_IsRefusedBeforeItEmbeds()
    {
        await FilledAsync(text: "hybrid");
        var hybrid = (IKeywordHybridSearchable<SearchedText>)Texts(_otherStore);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await hybrid.HybridSearchAsync("x", ["hybrid"], 1).ToListAsync());

        AssertNames(refusal, "model ('a' and 'b')");
        Assert.Empty(_other.Calls);
        Assert.Single(await ((IKeywordHybridSearchable<SearchedText>)Texts(_store)).HybridSearchAsync("x", ["hybrid"], 1).ToListAsync());
    }

    [Fact]
    public async Task KeywordSearchAsync_AnotherEncoder_FindsWithoutAskingIt()
    {
        await FilledAsync(text: "word");

        Assert.Single(await ((IKeywordSearchable<SearchedText>)Texts(_otherStore)).KeywordSearchAsync("word", 1).ToListAsync());
        Assert.Empty(_other.AskedOn);
    }

    [Fact]
    public async Task SearchAsync_SameModelOtherTokenizer_NamesTheTokenizerAlone()
    {
        await FilledAsync();
        using FakeGenerator generator = FakeEncoders.Generator("a", "pieces");
        using LocalVectorStore store = FakeEncoders.Sharing(_store, generator);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => SearchAsync(store));

        AssertNames(refusal, "differ in tokenizer.");
    }

    [Fact]
    public async Task UpsertAsync_AnotherGeneratorOfTheSameEncoder_IsTaken()
    {
        await FilledAsync();
        using FakeGenerator same = FakeEncoders.Generator("a");
        using LocalVectorStore store = FakeEncoders.Sharing(_store, same);

        await Texts(store).UpsertAsync(Text(2));

        Assert.Equal(2, (await SearchAsync(store)).Count);
    }

    [Fact]
    public async Task AllowOtherEncoders_True_TakesBothAndKeepsTheFirst()
    {
        await FilledAsync();
        using LocalVectorStore lenient = FakeEncoders.Sharing(_store, _other, allowOtherEncoders: true);

        await Texts(lenient).UpsertAsync(Text(2));

        Assert.Equal(2, (await SearchAsync(lenient)).Count);
        Assert.Equal(2, (await SearchAsync(_store)).Count);
        await Assert.ThrowsAsync<InvalidOperationException>(() => SearchAsync(_otherStore));
    }

    [Fact]
    public async Task UpsertAsync_CollectionEmptied_TakesAnotherEncoderAndRefusesTheFirst()
    {
        await FilledAsync();
        await Texts(_store).UpsertAsync(Text(2));
        await Texts(_store).DeleteAsync(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Texts(_otherStore).UpsertAsync(Text(3)));
        await Texts(_store).DeleteAsync(2);
        Assert.Empty(await SearchAsync(_otherStore));

        await Texts(_otherStore).UpsertAsync(Text(3));

        AssertNames(await Assert.ThrowsAsync<InvalidOperationException>(() => SearchAsync(_store)), "model ('b' and 'a')");
    }

    [Fact]
    public async Task UpsertAsync_CollectionRecreated_TakesAnotherEncoder()
    {
        await FilledAsync();
        await Texts(_store).EnsureCollectionDeletedAsync();
        await Texts(_otherStore).EnsureCollectionExistsAsync();

        await Texts(_otherStore).UpsertAsync(Text(1));

        await Assert.ThrowsAsync<InvalidOperationException>(() => SearchAsync(_store));
    }

    [Fact]
    public async Task UpsertAsync_TableCompacted_StillRefuses()
    {
        await FilledAsync();
        for (int i = 0; i < 3000; i++)
        {
            await Texts(_store).UpsertAsync(new SearchedText { Id = 2, Word = "not embedded" });
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => SearchAsync(_otherStore));
    }

    [Fact]
    public async Task UpsertAsync_FirstBatchFails_LeavesTheCollectionToAnyone()
    {
        await Texts(_store).EnsureCollectionExistsAsync();
        _first.Failure = new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(() => Texts(_store).UpsertAsync(Text(1)));

        await Texts(_otherStore).UpsertAsync(Text(1));

        Assert.Single(await SearchAsync(_otherStore));
    }

    [Fact]
    public async Task UpsertAsync_TwoFirstFillingsAtOnce_OneWinsAndTheOtherIsRefused()
    {
        await Texts(_store).EnsureCollectionExistsAsync();
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _first.Gate = _other.Gate = gate.Task;
        Task[] fillings = [Texts(_store).UpsertAsync(Text(1)), Texts(_otherStore).UpsertAsync(Text(2))];
        await Task.WhenAll(_first.Called, _other.Called).OrHang();

        gate.SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(fillings));
        int winner = Array.FindIndex(fillings, filling => filling.IsCompletedSuccessfully);
        Assert.True(fillings[1 - winner].IsFaulted);
        Assert.Equal(winner + 1, Assert.Single(await SearchAsync(winner == 0 ? _store : _otherStore)).Record.Id);
        await Assert.ThrowsAsync<InvalidOperationException>(() => SearchAsync(winner == 0 ? _otherStore : _store));
    }

    [Fact]
    public async Task SearchAsync_FilledByAnotherWhileTheQueryIsEmbedded_IsRefused()
    {
        await Texts(_store).EnsureCollectionExistsAsync();
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _other.Gate = gate.Task;
        Task searching = SearchAsync(_otherStore);
        await _other.Called.OrHang();

        await Texts(_store).UpsertAsync(Text(1));
        gate.SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => searching);
    }

    [Fact]
    public async Task Generator_WithoutEncoderInfo_IsNotChecked()
    {
        await FilledAsync();
        using FakeGenerator silent = new();
        using LocalVectorStore store = FakeEncoders.Sharing(_store, silent);

        await Texts(store).UpsertAsync(Text(2));

        Assert.Equal(2, (await SearchAsync(store)).Count);
        Assert.Null(silent.Calls[0].Dimensions);
        await Texts(store).DeleteAsync([1, 2]);
        await Texts(store).UpsertAsync(Text(3));
        await Texts(_otherStore).UpsertAsync(Text(4));
        AssertNames(await Assert.ThrowsAsync<InvalidOperationException>(() => SearchAsync(_store)), "model ('b' and 'a')");
    }

    [Fact]
    public async Task Vectors_OfTheCaller_AreNotChecked()
    {
        var vectors = await Stores.CollectionAsync<string, Note>(_store);
        await vectors.UpsertAsync(new Note { Id = "a", Vector = new float[] { 1, 0, 0 } });

        Assert.Equal("a", await _otherStore.GetCollection<string, Note>("docs").SearchAsync("x", 1).IdsAsync());
        Assert.Equal("a", await vectors.SearchAsync(new float[] { 1, 0, 0 }, 1).IdsAsync());
        Assert.Empty(_first.AskedOn);
    }

    [Fact]
    public async Task Generator_IsAskedOnceAndOnlyWhenSomethingIsEmbedded()
    {
        var texts = Texts(_store);
        await texts.EnsureCollectionExistsAsync();
        await texts.UpsertAsync(new SearchedText { Id = 1 });
        Assert.Empty(await texts.SearchAsync(new float[] { 1, 0, 0 }, 1).ToListAsync());
        Assert.Empty(_first.AskedOn);

        await texts.UpsertAsync(Text(1));
        await texts.UpsertAsync(Text(2));
        Assert.Equal(2, (await texts.SearchAsync("x", 9).ToListAsync()).Count);

        Assert.Single(_first.AskedOn);
    }

    [Fact]
    public async Task Generator_IsNotAskedOnTheCallersThread()
    {
        var texts = Texts(_store);
        await texts.EnsureCollectionExistsAsync();
        Thread? caller = null;

        // A thread of its own: one of the pool might come to ask after it has called.
        await Task.Factory.StartNew(
            () =>
            {
                caller = Thread.CurrentThread;
                return texts.UpsertAsync(Text(1));
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();

        Assert.NotSame(caller, Assert.Single(_first.AskedOn));
    }

    [Fact]
    public async Task Properties_OfOneRecord_HaveEncodersOfTheirOwn()
    {
        VectorStoreCollectionDefinition definition = new()
        {
            Properties = [new VectorStoreVectorProperty(nameof(TextNote.Title), typeof(string), 3) { EmbeddingGenerator = _other }],
        };
        var notes = await Stores.CollectionAsync<int, TextNote>(_store, definition);

        await notes.UpsertAsync(new TextNote { Id = 1, Text = "text", Title = "title" });

        Assert.Single(await notes.SearchAsync("x", 1, new() { VectorProperty = note => note.Body }).ToListAsync());
        Assert.Single(await notes.SearchAsync("x", 1, new() { VectorProperty = note => note.Title }).ToListAsync());
        var swapped = _store.GetCollection<int, TextNote>("docs");
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await swapped.SearchAsync("x", 1, new() { VectorProperty = note => note.Title }).ToListAsync());
        AssertNames(refusal, "'Title'");
    }

    public void Dispose()
    {
        _otherStore.Dispose();
        _store.Dispose();
        _other.Dispose();
        _first.Dispose();
    }

    private static void AssertNames(InvalidOperationException refusal, string difference)
    {
        Assert.Contains("'docs'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(difference, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(LocalVectorStoreOptions.AllowOtherEncoders), refusal.Message, StringComparison.Ordinal);
    }

    private static VectorStoreCollection<int, SearchedText> Texts(LocalVectorStore store) => store.GetCollection<int, SearchedText>("docs");

    private static SearchedText Text(int id, string text = "text") => new() { Id = id, Word = text, Text = text };

    private static Task<List<VectorSearchResult<SearchedText>>> SearchAsync(LocalVectorStore store) => Texts(store).SearchAsync("query", 9).ToListAsync().AsTask();

    private async Task FilledAsync(string text = "text")
    {
        await Texts(_store).EnsureCollectionExistsAsync();
        await Texts(_store).UpsertAsync(Text(1, text));
    }

    private sealed class SearchedText
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreData(IsFullTextIndexed = true)]
        public string? Word { get; set; }

        [VectorStoreVector(3)]
        public string? Text { get; set; }
    }
}
