using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.MultiVectors.FirstPass;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Storage;

/// <summary>What chooses among rows of several vectors: made before others have to wait, and of a log in the background.</summary>
public sealed class TableFirstPassTests : IDisposable
{
    private static readonly MultiVectorOptions Options = new()
    {
        FirstPass = MultiVectorFirstPass.FixedDimensional,
        FixedDimensional = new() { Repetitions = 2, PartitionBits = 1, ProjectedDimensions = 4 },
    };

    private static readonly RecordModel Model = RecordModelBuilder.Build(
        typeof(int), typeof(MultiNote), new() { Properties = [new VectorStoreVectorProperty("Tokens", MultiNote.Dimensions).WithMultiVectors(Options)] }, storeGenerator: null);

    private static readonly VectorProperty Tokens = Array.Find(Model.VectorColumns, column => column.IsMulti)!;

    private readonly Table _table = new(Model, new KeywordIndex(new KeywordIndexOptions()));
    private readonly FirstPassUpkeep _upkeep = new("docs", NullLogger.Instance);

    public void Dispose()
    {
        _table.Dispose();
        _upkeep.Dispose();
    }

    [Fact]
    public async Task UpsertAsync_Batch_IsEncodedBeforeOthersHaveToWait()
    {
        using UpsertBatch<MultiNote> batch = Batch(0, 3);
        int checks = 0;

        await _table.UpsertAsync(batch.Rows, _ =>
        {
            Assert.All(Enumerable.Range(0, 3), row => Assert.NotNull(batch.Rows.FindEncoded(row, Tokens)));
            checks++;
        });

        Assert.Equal(1, checks);
        FirstPasses.AssertMade(_table.Read(), Options);
    }

    [Fact]
    public async Task EndRestoring_RowsOfALog_AreMadeInTheBackgroundAndLaterOnesAsTheyAreWritten()
    {
        _table.BeginRestoring();
        Restore(1, 0, 30);
        Restore(2, 20, 30);
        Assert.Null(_table.Read().State.FindFirstPass(Tokens.Column));
        _table.EndRestoring();

        // Nobody makes it yet.
        await WriteAsync(40, 30);
        Assert.False(_table.Read().State.FindFirstPass(Tokens.Column)!.IsMade);
        _table.MakeFirstPassesBy(_upkeep);
        Assert.True(await _table.WhenIndexedAsync(CancellationToken.None));

        Assert.Equal(90, _table.Read().Count);
        FirstPasses.AssertMade(_table.Read(), Options);
    }

    [Fact]
    public async Task UpsertAsync_CompactedBeforeItIsMade_HasAllMade()
    {
        _table.BeginRestoring();
        Restore(1, 0, 30);
        _table.EndRestoring();
        for (int round = 0; round < 60; round++)
        {
            await WriteAsync(20, 20);
        }

        Assert.InRange(_table.Read().Count, 40, 1024 + 80);
        Assert.False(_table.Read().State.FindFirstPass(Tokens.Column)!.IsMade);
        _table.MakeFirstPassesBy(_upkeep);
        await _table.WhenFirstPassesAreMadeAsync();

        FirstPasses.AssertMade(_table.Read(), Options);
        for (int round = 0; round < 60; round++)
        {
            await WriteAsync(20, 20);
        }

        Assert.InRange(_table.Read().Count, 40, 1024 + 80);
        FirstPasses.AssertMade(_table.Read(), Options);
    }

    [Fact]
    public async Task CopyEncoded_RowsOfABatch_GetsWhatWasMadeOfThem()
    {
        await WriteAsync(0, 5);
        long generation = _table.Read().Generation;
        await WriteAsync(3, 5);
        using UpsertBatch<MultiNote> again = Batch(2, 5);

        _table.Read().State.CopyEncoded(again.Rows, generation);

        // Of those that the first batch had; the key of one of them has another row by now.
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(row => again.Rows.FindEncoded(row, Tokens) is not null));
        TokenFormat format = new(FirstPassEncoder.For(Options, MultiNote.Dimensions)!.Dimensions, isQuantized: true);
        FirstPassColumn pass = _table.Read().State.FindFirstPass(Tokens.Column)!;
        for (int row = 0; row < 3; row++)
        {
            Assert.Equal(format.Read(pass.Encode(again.Rows.GetTokens(row, Tokens)).Row), format.Read(again.Rows.FindEncoded(row, Tokens)!.Row));
        }
    }

    [Fact]
    public async Task WhenIndexedAsync_FirstPassUnderWay_WaitsForIt()
    {
        using ManualResetEventSlim mayEnd = new();
        _table.MakeFirstPassesBy(_upkeep);
        _upkeep.Begin(_ => mayEnd.Wait(CancellationToken.None));

        Task<bool> waiting = _table.WhenIndexedAsync(CancellationToken.None);

        Assert.False(waiting.IsCompleted);
        mayEnd.Set();
        Assert.True(await waiting);
        _table.StopIndexing();
        Assert.False(await _table.WhenIndexedAsync(CancellationToken.None));
    }

    [Fact]
    public void Measure_NotMadeYet_SaysSo()
    {
        _table.BeginRestoring();
        Restore(1, 0, 5);
        _table.EndRestoring();
        using FirstPassUpkeep idle = new("docs", NullLogger.Instance);
        idle.Dispose();
        _table.MakeFirstPassesBy(idle);

        Assert.Equal(
            new FirstPassStatistics { Property = "Tokens", Kind = MultiVectorFirstPass.FixedDimensional, IsMade = false, Reason = "being made" },
            Assert.Single(_table.Measure().FirstPasses));
    }

    [Fact]
    public async Task UpsertAsync_OneLargeRecordOverAndOver_KeepsFewRows()
    {
        // Each row takes 180 KB.
        MultiNote large = new() { Id = 1, Tokens = new(new float[5000 * MultiNote.Dimensions], MultiNote.Dimensions) };
        RecordModel model = RecordModelBuilder.Build(typeof(int), typeof(MultiNote), definition: null, storeGenerator: null);
        using Table table = new(model, new KeywordIndex(new KeywordIndexOptions()));
        for (int round = 0; round < 150; round++)
        {
            using UpsertBatch<MultiNote> batch = Batch(model, [large]);
            await table.UpsertAsync(batch.Rows);
        }

        Assert.InRange(table.Read().Count, 1, 100);
        Assert.InRange(table.Read().State.TokenBytes, 180_000, 18_000_000);
    }

    private void Restore(long generation, int first, int count)
    {
        using UpsertBatch<MultiNote> batch = Batch(first, count);
        _table.Restore(generation, batch.Rows);
    }

    private async Task WriteAsync(int first, int count)
    {
        using UpsertBatch<MultiNote> batch = Batch(first, count);
        await _table.UpsertAsync(batch.Rows);
    }

    private static UpsertBatch<MultiNote> Batch(int first, int count) =>
        Batch(Model, Enumerable.Range(first, count).Select(id => new MultiNote { Id = id, Tokens = TokenVectors.Random(new Random(id), mostVectors: 5) }));

    private static UpsertBatch<MultiNote> Batch(RecordModel model, IEnumerable<MultiNote> notes)
    {
        UpsertBatch<MultiNote> batch = new(model, new ClassMapper<MultiNote>(RecordModelBuilder.MembersOf(model)));
        foreach (MultiNote note in notes)
        {
            batch.Add(note);
        }

        return batch;
    }
}
