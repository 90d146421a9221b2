using System.Collections.Concurrent;
using System.Text;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;

namespace LocalRetrieval.Rag.Tests.Synchronization;

/// <summary>What a synchronisation costs does not grow out of hand, counted in calls.</summary>
public sealed class SyncScaleTests
{
    private const int Files = 10_000;

    [Fact]
    public async Task SyncAsync_TenThousandDocuments_HoldsFewAtOnce()
    {
        Counter counter = new();
        ChaosStore store = new();
        HeldReader reader = new();
        HeldReader readAgain = new();

        Assert.Equal(Files, (await SyncAsync(Indexer(reader, 100), store, Listing(counter), reader.Look)).New.Count);
        Assert.InRange(counter.Most, 1, 8);
        Assert.InRange(reader.Most, 0, 24);

        SyncResult result = await SyncAsync(Indexer(readAgain, 101), store, Listing(counter), readAgain.Look);
        Assert.Equal((Files, 0), (result.Changed.Count, result.Embedded));
        Assert.InRange(readAgain.Most, 0, 24);

        static PassageIndexer Indexer(HeldReader reader, int maxTokens) => new(
            new FakeEmbeddingGenerator(), new PassageIndexerOptions { Readers = DocumentReaders.Default.With(reader), Chunking = new ChunkingOptions { MaxTokens = maxTokens } });
    }

    [Fact]
    public async Task IndexAsync_TenThousandDocuments_TakesNoMoreThanItWorksOn()
    {
        using LocalVectorStore store = new();
        PassageIndexer indexer = new(new FakeEmbeddingGenerator());
        int given = 0;
        int most = 0;
        int done = 0;

        await indexer.IndexAsync(await indexer.GetCollectionAsync(store, "docs"), Documents(), new Progress(() => done++));

        Assert.Equal(Files, done);
        Assert.InRange(most, 64, 64 * 6);

        async IAsyncEnumerable<SourceDocument> Documents()
        {
            for (; given < Files; given++)
            {
                await Task.Yield();
                most = Math.Max(most, given - Volatile.Read(ref done));
                yield return new SourceDocument($"f{given}.md", $"text {given}");
            }
        }
    }

    [Fact]
    public async Task SyncAsync_Unchanged_ReadsTheManifestAndNothingElse()
    {
        ChaosStore store = new();
        PassageIndexer indexer = new(new FakeEmbeddingGenerator());
        await SyncAsync(indexer, store, Listing(new Counter()));
        int before = store.Requests;
        Counter counter = new();

        SyncResult result = await SyncAsync(indexer, store, Listing(counter));

        Assert.Equal(Files, result.Unchanged.Count);
        Assert.Equal(0, counter.Opened);
        Assert.InRange(store.Requests - before, 1, (Files / 256) + 10);
    }

    [Fact]
    public async Task SyncAsync_SourcesBelowTwiceTheSample_AreNotAllLookedFor()
    {
        PassageIndexer indexer = new(new FakeEmbeddingGenerator());

        Assert.Equal(await RequestsAsync(512), await RequestsAsync(511));

        async Task<int> RequestsAsync(int files)
        {
            ChaosStore store = new();
            FolderListing listing = new() { Files = [.. Listing(new Counter()).Files.Take(files)] };
            await SyncAsync(indexer, store, listing);
            int before = store.Requests;
            await SyncAsync(indexer, store, listing);
            return store.Requests - before;
        }
    }

    private static async Task<SyncResult> SyncAsync(PassageIndexer indexer, ChaosStore store, FolderListing listing, Action? look = null)
    {
        List<SyncEntry> entries = [];
        await indexer.SyncAsync(
            PassageCollection.Of(await indexer.GetCollectionAsync(store, "docs")),
            store,
            () => listing,
            "docs",
            new SyncOptions(),
            (entry, _) =>
            {
                entries.Add(entry);
                if (entries.Count % 500 == 1)
                {
                    look?.Invoke();
                }

                return ValueTask.CompletedTask;
            },
            CancellationToken.None).OrHang();
        return SyncResult.Of(entries, 0);
    }

    private static FolderListing Listing(Counter counter)
    {
        FileStamp stamp = new(20, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks);
        return new FolderListing
        {
            Files =
            [
                .. Enumerable.Range(0, Files).Select(index => new SyncFile(
                    SourceDocument.FromStream($"f{index:00000}.txt", _ => Task.FromResult<Stream>(new CountedStream(Encoding.UTF8.GetBytes($"the text of file {index}"), counter))),
                    stamp,
                    () => stamp)),
            ],
        };
    }

    private sealed class Counter
    {
        private int _now;
        private int _opened;
        private int _most;

        public int Opened => _opened;

        public int Most => _most;

        public void Open()
        {
            Interlocked.Increment(ref _opened);
            int now = Interlocked.Increment(ref _now);
            for (int most = _most; now > most; most = _most)
            {
                Interlocked.CompareExchange(ref _most, now, most);
            }
        }

        public void Close() => Interlocked.Decrement(ref _now);
    }

    private sealed class CountedStream : MemoryStream
    {
        private readonly Counter _counter;
        private bool _isClosed;

        public CountedStream(byte[] bytes, Counter counter)
            : base(bytes)
        {
            _counter = counter;
            counter.Open();
        }

        protected override void Dispose(bool disposing)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                _counter.Close();
            }

            base.Dispose(disposing);
        }
    }

    /// <summary>Counts the texts that it read and that something holds.</summary>
    private sealed class HeldReader : TextDocumentReader
    {
        private readonly ConcurrentQueue<WeakReference> _texts = new();

        public override ReaderFormat Format { get; } = new() { Name = "held", Extensions = [".txt"] };

        public int Most { get; private set; }

        public void Look()
        {
            WeakReference[] texts = [.. _texts];   // not those that are read meanwhile, which nothing may hold any more
            GC.Collect();
            Most = Math.Max(Most, texts.Count(text => text.IsAlive));
        }

        protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
        {
            string own = text + "\n";   // a passage holds a text of its own
            _texts.Enqueue(new WeakReference(own));
            return new DocumentContent
            {
                Text = own,
                Sections = [new DocumentSection { Blocks = [new DocumentBlock { Offset = 0, Length = text.Length }] }],
            };
        }
    }

    private sealed class Progress(Action report) : IProgress<IndexingProgress>
    {
        public void Report(IndexingProgress value) => report();
    }
}
