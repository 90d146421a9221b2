using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

/// <summary>All records of a collection replaced at once.</summary>
public sealed class RebuildTests : IDisposable
{
    private readonly EncoderInfo _first = FakeEncoders.Info("a");
    private readonly EncoderInfo _other = FakeEncoders.Info("b");
    private readonly LocalVectorStore _store = new();

    [Fact]
    public async Task RebuildAsync_OtherDimensions_ReplacesRecordsIndexesAndEncoder()
    {
        VectorStoreCollection<string, Note> before = await FilledAsync();
        VectorStoreCollection<string, Note> after = Notes(dimensions: 2);

        bool replaced = await Of(after).RebuildAsync(
            (records, _) =>
            {
                Assert.Equal(["1", "2"], records.Select(record => record.Id));
                Assert.All(records, record => Assert.Null(record.Vector));
                return Task.FromResult<IReadOnlyList<Note>?>([.. records.Select(record => new Note { Id = record.Id, Text = record.Text, Number = record.Number, Vector = new float[] { 0, 1 } })]);
            },
            _other);

        Assert.True(replaced);
        Assert.Equal("12", await after.SearchAsync(new ReadOnlyMemory<float>([0, 1]), 9).IdsAsync());
        Assert.Equal("2", await after.GetAsync(note => note.Number == 2, 9).IdsAsync());
        await Encoders(after).CheckAsync(_other);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Encoders(after).CheckAsync(_first));
        await Assert.ThrowsAsync<InvalidOperationException>(() => before.UpsertAsync(new Note { Id = "3", Vector = new float[] { 1, 0, 0 } }));
    }

    [Fact]
    public async Task RebuildAsync_KeywordIndex_KeepsItsOptions()
    {
        using LocalVectorStore stemming = new(new() { Keywords = new() { Stem = true, Language = "en" } });
        VectorStoreCollection<string, Note> notes = await Stores.CollectionAsync<string, Note>(stemming);
        await notes.UpsertAsync(new Note { Id = "1", Text = "wings", Vector = new float[] { 1, 0, 0 } });
        using LocalVectorStore plain = new(new() { SharedWith = stemming });

        await Of(plain.GetCollection<string, Note>("docs")).RebuildAsync(Same, _other);

        LocalVectorStoreCollection<string, Note> keywords = stemming.GetCollection<string, Note>("docs");
        Assert.Equal("1", Assert.Single(await keywords.KeywordSearchAsync("wing", 9).ToListAsync()).Record.Id);
    }

    [Fact]
    public async Task RebuildAsync_Null_ChangesNothing()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();

        Assert.False(await Of(notes).RebuildAsync((_, _) => Task.FromResult<IReadOnlyList<Note>?>(null), _other));

        await Encoders(notes).CheckAsync(_first);
        await notes.UpsertAsync(new Note { Id = "3", Vector = new float[] { 1, 0, 0 } });
    }

    [Fact]
    public async Task RebuildAsync_BadRecord_ChangesNothing()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Of(notes).RebuildAsync(
            (_, _) => Task.FromResult<IReadOnlyList<Note>?>([new Note { Id = "1", Vector = new float[] { 1 } }]), _other));

        await Encoders(notes).CheckAsync(_first);
        Assert.Equal("12", await notes.SearchAsync(new ReadOnlyMemory<float>([1, 0, 0]), 9).IdsAsync());
    }

    [Fact]
    public async Task RebuildAsync_WrittenToOrDeletedMeanwhile_IsRefusedAndKeepsWhatWasDone()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Of(notes).RebuildAsync(
            async (records, token) =>
            {
                await notes.DeleteAsync("1", token);
                return await Same(records, token);
            },
            _other));
        Assert.Equal("2", await notes.GetAsync(_ => true, 9).IdsAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(() => Of(notes).RebuildAsync(
            async (records, token) =>
            {
                await notes.EnsureCollectionDeletedAsync(token);
                return await Same(records, token);
            },
            _other));
        Assert.False(await notes.CollectionExistsAsync());
    }

    [Fact]
    public async Task RebuildAsync_TwoAtOnce_OneIsRefused()
    {
        VectorStoreCollection<string, Note> notes = await FilledAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Of(notes).RebuildAsync(
            async (records, token) =>
            {
                Assert.True(await Of(notes).RebuildAsync(Same, _other, cancellationToken: token));
                return await Same(records, token);
            },
            _first));

        await Encoders(notes).CheckAsync(_other);
    }

    [Fact]
    public async Task RebuildAsync_OtherRecords_IsRefused()
    {
        await FilledAsync();

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() =>
        {
            var other = _store.GetCollection<string, Note>("docs", new() { Properties = [new VectorStoreDataProperty(nameof(Note.Number)) { StorageName = "other" }] });
            return Of(other).RebuildAsync(Same, _other);
        });

        Assert.Contains("'docs'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RebuildAsync_NoCollection_Throws() =>
        await Assert.ThrowsAsync<VectorStoreException>(() => Of(Notes()).RebuildAsync(Same, _other));

    public void Dispose() => _store.Dispose();

    private static Task<IReadOnlyList<Note>?> Same(IReadOnlyList<Note> records, CancellationToken cancellationToken)
    {
        foreach (Note record in records)
        {
            record.Vector = new float[] { 0, 1, 0 };
        }

        return Task.FromResult<IReadOnlyList<Note>?>(records);
    }

    private static IRebuildableCollection<Note> Of(VectorStoreCollection<string, Note> collection) =>
        Assert.IsAssignableFrom<IRebuildableCollection<Note>>(collection.GetService(typeof(IRebuildableCollection<Note>)));

    private static ICollectionEncoders Encoders(VectorStoreCollection<string, Note> collection) =>
        Assert.IsAssignableFrom<ICollectionEncoders>(collection.GetService(typeof(ICollectionEncoders)));

    private VectorStoreCollection<string, Note> Notes(int dimensions = 3) => _store.GetCollection<string, Note>(
        "docs", new() { Properties = [new VectorStoreVectorProperty(nameof(Note.Vector), typeof(ReadOnlyMemory<float>?), dimensions)] });

    private async Task<VectorStoreCollection<string, Note>> FilledAsync()
    {
        VectorStoreCollection<string, Note> notes = Notes();
        await notes.EnsureCollectionExistsAsync();
        await Encoders(notes).RememberAsync(_first);
        await notes.UpsertAsync(
        [
            new Note { Id = "1", Text = "first", Number = 1, Vector = new float[] { 1, 0, 0 } },
            new Note { Id = "2", Text = "second", Number = 2, Vector = new float[] { 1, 0, 0 } },
        ]);
        return notes;
    }
}
