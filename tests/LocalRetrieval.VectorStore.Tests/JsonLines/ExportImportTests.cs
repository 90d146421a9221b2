using System.Text;
using System.Text.Json;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.JsonLines;

/// <summary>What is exported is imported again, as it was; what cannot be is refused by what is wrong.</summary>
public sealed class ExportImportTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ImportAsync_WhatWasExported_IsTheSame()
    {
        Sample[] samples = Sample.Make(300, seed: 1);
        using LocalVectorStore store = new();
        var first = await CollectionAsync<Guid, Sample>(store);
        await first.UpsertAsync(samples);
        await first.DeleteAsync(samples[7].Id);
        await first.UpsertAsync(samples[3]);
        byte[] lines = await ExportAsync(first);

        using LocalVectorStore disk = _folder.Open();
        var second = disk.GetCollection<Guid, Sample>("other");
        Assert.Equal(299, await second.ImportAsync(new MemoryStream(lines), new() { BatchSize = 7 }));

        Assert.Equal(WithoutHeader(lines), WithoutHeader(await ExportAsync(second)));
        await CheckAsync(samples.Where((_, i) => i != 7), second);
        disk.Dispose();
        using LocalVectorStore again = _folder.Open();
        await CheckAsync(samples.Where((_, i) => i != 7), again.GetCollection<Guid, Sample>("other"));
    }

    [Fact]
    public async Task ExportAsync_ARecord_IsALineByStorageNames()
    {
        using LocalVectorStore store = new();
        var notes = await CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(new Note { Id = "猫", Text = "a\nb", Number = 7, Tags = ["x"], Vector = new float[] { 1, -0f, 0.1f }, NotStored = "not stored" });
        string[] lines = Encoding.UTF8.GetString(await ExportAsync(notes)).Split('\n');

        Assert.Equal(["""{"Id":"猫","Tags":["x"],"Text":"a\nb","Vector":[1,-0,0.1],"n":7}""", ""], lines[1..]);
        using JsonDocument header = JsonDocument.Parse(lines[0]);
        Assert.Equal((1, "docs", 1), (header.RootElement.GetProperty("version").GetInt32(), header.RootElement.GetProperty("collection").GetString(), header.RootElement.GetProperty("records").GetInt32()));
        Assert.Contains("data 'n' of type System.Int32", header.RootElement.GetProperty("schema").EnumerateArray().Select(property => property.GetString()));
    }

    [Fact]
    public async Task ImportAsync_TextsThatWereEmbedded_EmbedsNothing()
    {
        using FakeGenerator generator = FakeEncoders.Generator("a");
        using LocalVectorStore store = Stores.With(generator);
        var notes = await CollectionAsync<int, TextNote>(store);
        await notes.UpsertAsync([new TextNote { Id = 1, Text = "one", Title = "\uD800" }, new TextNote { Id = 2, Text = "three" }]);
        byte[] lines = await ExportAsync(notes);
        Assert.Contains("\"Body\":{\"text\":\"three\",\"vector\":[5,116,1]}", Encoding.UTF8.GetString(lines), StringComparison.Ordinal);

        using FakeGenerator unused = FakeEncoders.Generator("a");
        using LocalVectorStore other = Stores.With(unused);
        var imported = other.GetCollection<int, TextNote>("docs");
        await imported.ImportAsync(new MemoryStream(lines));

        Assert.Empty(unused.Calls);
        Assert.Equal(lines, await ExportAsync(imported));
        Assert.Equal(2, (await imported.GetAsync(note => note.Body == "three", 1).SingleAsync()).Id);
        Assert.Equal(1, (await imported.SearchAsync(new float[] { 1, 0xD800, 1 }, 1, new() { VectorProperty = note => note.Title }).SingleAsync()).Record.Id);

        // The encoder is remembered as well.
        using FakeGenerator wrong = FakeEncoders.Generator("b");
        using LocalVectorStore shared = FakeEncoders.Sharing(other, wrong);
        await Assert.ThrowsAsync<InvalidOperationException>(() => shared.GetCollection<int, TextNote>("docs").UpsertAsync(new TextNote { Id = 3, Text = "x" }));
    }

    [Fact]
    public async Task ImportAsync_TextsThatWereEmbeddedToSparseVectors_FindsThem()
    {
        const int Count = 10_000;
        using FakeSparseGenerator generator = new();
        using LocalVectorStore store = Stores.With(generator);
        var notes = await CollectionAsync<int, SparseTextNote>(store);
        await notes.UpsertAsync(Enumerable.Range(0, Count).Select(id => new SparseTextNote { Id = id, Text = id % 100 == 0 ? null : Words(id) }));
        await notes.UpsertAsync(Enumerable.Range(0, Count / 10).Select(id => new SparseTextNote { Id = id * 7, Text = Words(id) }));
        byte[] lines = await ExportAsync(notes);

        int calls = generator.Calls.Count;
        using LocalVectorStore other = Stores.With(generator);
        var imported = other.GetCollection<int, SparseTextNote>("docs");
        Assert.Equal(Count, await imported.ImportAsync(new MemoryStream(lines)));

        Assert.Equal(calls, generator.Calls.Count);
        Assert.Equal(lines, await ExportAsync(imported));
        string query = "x xxx xxxxxxx";
        Assert.Equal(
            await notes.SearchAsync(query, 500).Select(result => (result.Record.Id, result.Score)).ToListAsync(),
            await imported.SearchAsync(query, 500).Select(result => (result.Record.Id, result.Score)).ToListAsync());

        static string Words(int id) => string.Join(' ', Enumerable.Range(1, 3).Select(i => new string('x', 1 + (id * i * 31 % 13))));
    }

    [Fact]
    public async Task ImportAsync_ADynamicCollection_HasTheRecordsOfTheClass()
    {
        using LocalVectorStore store = new();
        var notes = await CollectionAsync<string, Note>(store);
        await notes.UpsertAsync([new Note { Id = "a", Text = "one", Number = 1, Vector = new float[] { 1, 2, 3 } }, new Note { Id = "b" }]);
        byte[] lines = await ExportAsync(notes);

        using LocalVectorStore other = new();
        var imported = other.GetDynamicCollection("docs", new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(string)),
                new VectorStoreDataProperty("Text", typeof(string)),
                new VectorStoreDataProperty("Number", typeof(int)) { StorageName = "n" },
                new VectorStoreDataProperty("Tags", typeof(List<string>)),
                new VectorStoreVectorProperty("Vector", typeof(ReadOnlyMemory<float>?), 3),
            ],
        });
        Assert.Equal(2, await imported.ImportAsync(new MemoryStream(lines)));
        Assert.Equal(1, (await imported.GetAsync("a"))!["Number"]);
        Assert.Equal(lines, await ExportAsync(imported));
    }

    [Fact]
    public async Task ImportAsync_OtherRecords_SaysWhatDiffersAndWritesNothing()
    {
        byte[] lines = await ExportNotesAsync(3);
        using LocalVectorStore other = _folder.Open();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => other.GetCollection<string, Keyed<string>>("docs").ImportAsync(new MemoryStream(lines)));
        Assert.Contains("data 'n' of type System.Int32", exception.Message, StringComparison.Ordinal);
        Assert.Contains("instead of nothing", exception.Message, StringComparison.Ordinal);

        VectorStoreCollectionDefinition wider = new() { Properties = [new VectorStoreVectorProperty("Vector", typeof(ReadOnlyMemory<float>?), 4)] };
        exception = await Assert.ThrowsAsync<InvalidOperationException>(() => other.GetCollection<string, Note>("docs", wider).ImportAsync(new MemoryStream(lines)));
        Assert.Contains("with 3 dimensions", exception.Message, StringComparison.Ordinal);
        Assert.Contains("with 4 dimensions", exception.Message, StringComparison.Ordinal);
        Assert.False(await other.CollectionExistsAsync("docs"));
    }

    [Fact]
    public async Task ImportAsync_VectorsOfAnotherEncoder_AreRefusedByWhatDiffers()
    {
        using FakeGenerator first = FakeEncoders.Generator("a");
        using LocalVectorStore store = Stores.With(first);
        var notes = await CollectionAsync<int, TextNote>(store);
        await notes.UpsertAsync(new TextNote { Id = 1, Text = "one" });
        byte[] lines = await ExportAsync(notes);

        // The collection would embed with another one, and is not made.
        using FakeGenerator wrong = FakeEncoders.Generator("b");
        using LocalVectorStore other = Stores.With(wrong);
        var imported = other.GetCollection<int, TextNote>("docs");
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => imported.ImportAsync(new MemoryStream(lines)));
        Assert.Contains("model ('b' and 'a')", exception.Message, StringComparison.Ordinal);
        Assert.False(await imported.CollectionExistsAsync());

        // Another one has filled the collection, whoever asks.
        await imported.EnsureCollectionExistsAsync();
        await imported.UpsertAsync(new TextNote { Id = 2, Text = "two" });
        using LocalVectorStore shared = FakeEncoders.Sharing(other, first);
        exception = await Assert.ThrowsAsync<InvalidOperationException>(() => shared.GetCollection<int, TextNote>("docs").ImportAsync(new MemoryStream(lines)));
        Assert.Contains("was filled by another encoder", exception.Message, StringComparison.Ordinal);
        Assert.Null(await imported.GetAsync(1));

        using LocalVectorStore allowing = FakeEncoders.Sharing(other, wrong, allowOtherEncoders: true);
        Assert.Equal(1, await allowing.GetCollection<int, TextNote>("docs").ImportAsync(new MemoryStream(lines)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{\"Id\":\"a\"}", "Line 1 is not the first line")]
    [InlineData("no json", "Line 1 is not the first line")]
    [InlineData("[1]", "Line 1 is not the first line")]
    [InlineData("{\"format\":\"LocalRetrieval.Collection\",\"version\":2}", "version 2, and this version of LocalRetrieval reads version 1")]
    public async Task ImportAsync_NoExport_SaysSo(string lines, string expected)
    {
        using LocalVectorStore store = new();
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => store.GetCollection<string, Note>("docs").ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines))));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.False(await store.CollectionExistsAsync("docs"));
    }

    [Theory]
    [InlineData("\"n\":", "\"m\":", "'m' is no property of the collection")]
    [InlineData("\"n\":4", "\"n\":\"four\"", "'n': ")]
    [InlineData("\"n\":4", "\"n\":null", "'n': It is null, and of type System.Int32")]
    [InlineData(",\"n\":4", "", "'n' is missing")]
    [InlineData(",\"n\":4", ",\"n\":4,\"n\":4", "'n' is there twice")]
    [InlineData("[4,0,1]", "[4,0]", "has 2 dimensions, and property 'Vector' has 3")]
    [InlineData("[4,0,1]", "[4,0,1e99]", "finite numbers only")]
    [InlineData("[4,0,1]", "{\"vectors\":[4,0,1]}", "'vectors' is no part of a vector")]
    [InlineData("[4,0,1]", "{\"text\":\"four\"}", "There is no 'vector'")]
    [InlineData("\"Id\":\"4\"", "\"Id\":null", "'Id': It is null")]
    [InlineData("\"Id\":\"4\"", "\"Id\":\"4", "")]
    [InlineData("\"n\":4}", "\"n\":4}}", "")]
    public async Task ImportAsync_DamagedLine_IsNamedAndWhatStandsBeforeStays(string before, string after, string expected)
    {
        string lines = Encoding.UTF8.GetString(await ExportNotesAsync(8));
        Assert.Contains(before, lines, StringComparison.Ordinal);
        string[] damaged = lines.Split('\n');
        damaged[5] = damaged[5].Replace(before, after, StringComparison.Ordinal);
        using LocalVectorStore store = new();
        var notes = store.GetCollection<string, Note>("docs");
        List<long> told = [];

        var exception = await Assert.ThrowsAsync<InvalidDataException>(
            () => notes.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', damaged))), new() { BatchSize = 3 }, new Told(told)));

        Assert.StartsWith("Line 6 is damaged: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("The 4 records of the lines before it were imported, and stay.", exception.Message, StringComparison.Ordinal);
        Assert.Equal("0123", await notes.GetAsync(_ => true, 10).IdsAsync());
        Assert.Equal([3, 4], told);
        Assert.Equal(8, await notes.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines))));
    }

    [Fact]
    public async Task ImportAsync_TheEndIsMissing_SaysSo()
    {
        byte[] lines = await ExportNotesAsync(5);
        using LocalVectorStore store = new();
        var notes = store.GetCollection<string, Note>("docs");
        int end = lines.AsSpan(..^1).LastIndexOf((byte)'\n');

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => notes.ImportAsync(new MemoryStream(lines[..end])));
        Assert.Contains("has 5 records, and has 4", exception.Message, StringComparison.Ordinal);
        exception = await Assert.ThrowsAsync<InvalidDataException>(() => notes.ImportAsync(new MemoryStream(lines[..(end + 9)])));
        Assert.StartsWith("Line 6 is damaged: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal("0123", await notes.GetAsync(_ => true, 10).IdsAsync());

        // A last line without an end is whole.
        Assert.Equal(5, await notes.ImportAsync(new MemoryStream(lines[..^1])));
    }

    [Fact]
    public async Task ExportAsync_WhileOthersWrite_HasWholeBatches()
    {
        using LocalVectorStore store = new();
        var notes = await CollectionAsync<string, Note>(store);
        await WriteAsync(0);
        await Concurrently.RunAsync(
            [
                async cancelled =>
                {
                    for (int i = 0; i < 30 && !cancelled.IsCancellationRequested; i++)
                    {
                        string[] lines = Encoding.UTF8.GetString(await ExportAsync(notes)).Split('\n');
                        Assert.Equal(102, lines.Length);
                        Assert.Single(lines[1..^1].Select(line => line.Split("\"n\":")[1]).Distinct());
                    }
                },
            ],
            async cancelled =>
            {
                for (int round = 1; !cancelled.IsCancellationRequested; round++)
                {
                    await WriteAsync(round);
                }
            });

        Task WriteAsync(int round) => notes.UpsertAsync(Enumerable.Range(0, 100).Select(id => new Note { Id = $"{id}", Number = round }));
    }

    [Fact]
    public async Task ExportAndImport_ManyRecords_HoldSomeLinesAtATime()
    {
        const int Count = 3000;
        using LocalVectorStore store = new();
        var notes = await CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(Enumerable.Range(0, Count).Select(id => new Note { Id = $"{id}", Text = new string('x', 1000) }));
        List<long> written = [];
        using Gauge gauge = new();
        Assert.Equal(Count, await notes.ExportAsync(gauge, new Told(written)));

        Assert.InRange(gauge.MostAtOnce, 1000, 100_000);
        Assert.True(gauge.CanRead);
        Assert.Equal(written.Order(), written);
        Assert.Equal(Count, written[^1]);
        gauge.Position = 0;
        List<long> imported = [];
        using LocalVectorStore other = new();
        Assert.Equal(Count, await other.GetCollection<string, Note>("docs").ImportAsync(gauge, progress: new Told(imported)));
        Assert.Equal([1000, 2000, 3000], imported);
    }

    [Fact]
    public async Task ExportAndImport_StreamThatCannotBeUsed_IsRefused()
    {
        using LocalVectorStore store = new();
        LocalVectorStoreCollection<string, Note> notes = store.GetCollection<string, Note>("docs");
        MemoryStream closed = new();
        await closed.DisposeAsync();

        await Assert.ThrowsAsync<ArgumentException>("destination", () => notes.ExportAsync(closed));
        await Assert.ThrowsAsync<ArgumentException>("source", () => notes.ImportAsync(closed));
        Assert.False(await notes.CollectionExistsAsync());
    }

    [Fact]
    public async Task ExportAsync_WhatCannotBeWritten_IsNamed()
    {
        using LocalVectorStore store = new();
        var products = await CollectionAsync<int, Product>(store);
        Assert.Contains("'Made'", (await Assert.ThrowsAsync<NotSupportedException>(() => products.ExportAsync(new MemoryStream()))).Message, StringComparison.Ordinal);
        Assert.Contains("'docs2' does not exist", (await Assert.ThrowsAsync<VectorStoreException>(() => store.GetCollection<string, Note>("docs2").ExportAsync(new MemoryStream()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportAndImport_Cancelled_EndEarly()
    {
        byte[] lines = await ExportNotesAsync(5);
        using LocalVectorStore store = new();
        var notes = store.GetCollection<string, Note>("docs");
        using CancellationTokenSource cancelled = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => notes.ImportAsync(new MemoryStream(lines), new() { BatchSize = 2 }, new Cancelling(cancelled), cancelled.Token));
        Assert.Equal("01", await notes.GetAsync(_ => true, 10).IdsAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => notes.ExportAsync(new MemoryStream(), cancellationToken: cancelled.Token));
    }

    [Fact]
    public void BatchSize_BelowOne_Throws()
    {
        CollectionImportOptions options = new();
        Assert.Equal(1000, options.BatchSize);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.BatchSize = 0);
    }

    private static async Task<LocalVectorStoreCollection<TKey, TRecord>> CollectionAsync<TKey, TRecord>(LocalVectorStore store)
        where TKey : notnull
        where TRecord : class
    {
        var collection = store.GetCollection<TKey, TRecord>("docs");
        await collection.EnsureCollectionExistsAsync();
        return collection;
    }

    private static async Task<byte[]> ExportAsync<TKey, TRecord>(LocalVectorStoreCollection<TKey, TRecord> collection)
        where TKey : notnull
        where TRecord : class
    {
        using MemoryStream lines = new();
        long records = await collection.ExportAsync(lines);
        Assert.Equal(records + 1, lines.ToArray().Count(value => value == '\n'));
        return lines.ToArray();
    }

    private static async Task<byte[]> ExportNotesAsync(int count)
    {
        using LocalVectorStore store = new();
        var notes = await CollectionAsync<string, Note>(store);
        await notes.UpsertAsync(Enumerable.Range(0, count).Select(id => new Note { Id = $"{id}", Text = "text", Number = id, Vector = new float[] { id, 0, 1 } }));
        return await ExportAsync(notes);
    }

    private static byte[] WithoutHeader(byte[] lines) => lines[lines.AsSpan().IndexOf((byte)'\n')..];

    private static async Task CheckAsync(IEnumerable<Sample> expected, VectorStoreCollection<Guid, Sample> samples)
    {
        Dictionary<Guid, Sample> read = await samples.GetAsync(_ => true, 1000, new() { IncludeVectors = true }).ToDictionaryAsync(sample => sample.Id);
        Assert.Equal(expected.Count(), read.Count);
        Assert.All(expected, sample => AssertSame(sample, read[sample.Id]));
    }

    private static void AssertSame(Sample expected, Sample read)
    {
        Assert.Equal((expected.Text, expected.Day), (read.Text, read.Day));
        Assert.Equal(expected.Prices, read.Prices);
        Assert.Equal(expected.Tags, read.Tags);
        Assert.Equal(Bits(expected.Floats), Bits(read.Floats));
        Assert.Equal(Bits(expected.Memory?.ToArray()), Bits(read.Memory?.ToArray()));
        Assert.Equal(Bits(expected.Halves), Bits(read.Halves));
        Assert.Equal(Bits(expected.Embedding?.Vector.ToArray()), Bits(read.Embedding?.Vector.ToArray()));
        Assert.Equal(Bits(expected.HalfEmbedding?.Vector.ToArray()), Bits(read.HalfEmbedding?.Vector.ToArray()));
        Assert.Equal((expected.Embedding?.ModelId, expected.Embedding?.CreatedAt, expected.HalfEmbedding?.ModelId), (read.Embedding?.ModelId, read.Embedding?.CreatedAt, read.HalfEmbedding?.ModelId));
        Assert.Equal(expected.Sparse?.Indices.ToArray(), read.Sparse?.Indices.ToArray());
        Assert.Equal(Bits(expected.Sparse?.Weights.ToArray()), Bits(read.Sparse?.Weights.ToArray()));
        Assert.Equal(expected.Sparse?.ModelId, read.Sparse?.ModelId);
        Assert.Equal(Bits(expected.Several?.Vectors.ToArray()), Bits(read.Several?.Vectors.ToArray()));
        Assert.Equal(expected.Several?.ModelId, read.Several?.ModelId);
    }

    private static int[]? Bits(float[]? numbers) => numbers is null ? null : Array.ConvertAll(numbers, BitConverter.SingleToInt32Bits);

    private static short[]? Bits(Half[]? numbers) => numbers is null ? null : Array.ConvertAll(numbers, BitConverter.HalfToInt16Bits);

    /// <summary>Notes what is reported, on the thread that reports it.</summary>
    private sealed class Told(List<long> told) : IProgress<long>
    {
        public void Report(long value) => told.Add(value);
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<long>
    {
        public void Report(long value) => source.Cancel();
    }

    /// <summary>Knows how much was written at once.</summary>
    private sealed class Gauge : MemoryStream
    {
        public int MostAtOnce { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            MostAtOnce = Math.Max(MostAtOnce, buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
