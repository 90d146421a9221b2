using System.Globalization;
using System.Text;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Synchronization;

/// <summary>Whatever ends a run at whatever point, the next one ends in the state of a run that nothing disturbed.</summary>
public sealed class SyncRecoveryTests
{
    private static readonly Dictionary<string, string> Before = new()
    {
        ["changed.md"] = "# A\n\none\n\n# B\n\ntwo\n\n# C\n\nthree",
        ["shorter.md"] = string.Concat(Enumerable.Range(0, 40).Select(index => $"# H{index}\n\npart {index}\n\n")),
        ["renamed.md"] = "# A\n\nmoves\n\n# B\n\nas it is",
        ["same.md"] = "stays",
        ["same2.md"] = "stays too",
        ["same3.md"] = "stays as well",
        ["vanished.md"] = "# A\n\ngoes\n\n# B\n\naway",
        ["vanished2.md"] = "goes too",
    };

    private static readonly Dictionary<string, string> After = new()
    {
        ["changed.md"] = "# A\n\none\n\n# B\n\nother\n\n# C\n\nthree\n\n# D\n\nfour",
        ["shorter.md"] = "# H0\n\npart 0\n\n# H5\n\npart 5",
        ["moved/renamed.md"] = "# A\n\nmoves\n\n# B\n\nas it is",
        ["new.md"] = "# A\n\nnew\n\n# B\n\nand long",
        ["same.md"] = "stays",
        ["same2.md"] = "stays too",
        ["same3.md"] = "stays as well",
    };

    /// <summary>How a run ends.</summary>
    public enum Disturbance
    {
        /// <summary>One call fails.</summary>
        Failure,

        /// <summary>No call succeeds any more, as if the process was killed.</summary>
        Kill,

        /// <summary>It is cancelled.</summary>
        Cancellation,
    }

    [Theory]
    [InlineData(Disturbance.Failure, true, VanishedSources.Delete)]
    [InlineData(Disturbance.Kill, true, VanishedSources.Delete)]
    [InlineData(Disturbance.Cancellation, true, VanishedSources.Delete)]
    [InlineData(Disturbance.Failure, false, VanishedSources.Delete)]
    [InlineData(Disturbance.Kill, false, VanishedSources.Delete)]
    [InlineData(Disturbance.Cancellation, false, VanishedSources.Delete)]
    [InlineData(Disturbance.Failure, false, VanishedSources.Keep)]
    [InlineData(Disturbance.Kill, false, VanishedSources.Keep)]
    [InlineData(Disturbance.Cancellation, false, VanishedSources.Keep)]
    public async Task SyncAsync_DisturbedAtAnyStep_NextRunEndsInTheSameState(Disturbance disturbance, bool fromEmpty, VanishedSources vanished)
    {
        using Scenario undisturbed = new(fromEmpty, vanished);
        string[] expected = await undisturbed.RunAsync(disturbance, int.MaxValue);
        Assert.NotEmpty(expected);
        for (int step = 1; ; step++)
        {
            using Scenario scenario = new(fromEmpty, vanished);
            string[] state = await scenario.RunAsync(disturbance, step);
            Assert.True(expected.SequenceEqual(state), $"step {step}:\n{string.Join('\n', expected.Except(state))}\ninstead\n{string.Join('\n', state.Except(expected))}");
            if (scenario.Steps < step)
            {
                break;
            }
        }
    }

    /// <summary>A scope in a store of its own, first as it was before.</summary>
    private sealed class Scenario(bool fromEmpty, VanishedSources vanished) : IDisposable
    {
        private readonly ChaosStore _store = new();
        private readonly CancellationTokenSource _cancellation = new();
        private int _steps;

        /// <summary>The steps of the run that was to be disturbed.</summary>
        public int Steps { get; private set; }

        public async Task<string[]> RunAsync(Disturbance disturbance, int at)
        {
            if (!fromEmpty)
            {
                await SyncAsync(Before, CancellationToken.None);
            }

            _steps = 0;
            _store.OnStep = () => Disturb(disturbance, at);
            try
            {
                await SyncAsync(After, _cancellation.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // Whatever it says, the next one makes it good.
            }

            Steps = _steps;
            _store.OnStep = () => { };
            SyncResult result = await SyncAsync(After, CancellationToken.None);
            Assert.Empty(result.Failed);
            Assert.Equal(After.Count, (await SyncAsync(After, CancellationToken.None)).Unchanged.Count);
            return State();
        }

        public void Dispose()
        {
            _cancellation.Dispose();
            _store.Dispose();
        }

        private void Disturb(Disturbance disturbance, int at)
        {
            int step = Interlocked.Increment(ref _steps);
            if (disturbance == Disturbance.Cancellation && step == at)
            {
                _cancellation.Cancel();
            }
            else if (disturbance == Disturbance.Failure && step == at || disturbance == Disturbance.Kill && step >= at)
            {
                throw new IOException($"step {step} failed");
            }
        }

        private async Task<SyncResult> SyncAsync(Dictionary<string, string> files, CancellationToken cancellationToken)
        {
            using SteppingGenerator generator = new(() => _store.OnStep());
            PassageIndexer indexer = new(generator, new PassageIndexerOptions { BatchSize = 2 });
            List<SyncEntry> entries = [];
            FolderListing listing = new()
            {
                Files = [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => ToFile(file.Key, file.Value))],
            };
            PassageCollection passages = PassageCollection.Of(await indexer.GetCollectionAsync(_store, "docs", cancellationToken: CancellationToken.None));
            await indexer.SyncAsync(
                passages,
                _store,
                () => listing,
                "docs",
                new SyncOptions { Vanished = vanished },
                (entry, _) =>
                {
                    entries.Add(entry);
                    return ValueTask.CompletedTask;
                },
                cancellationToken).OrHang();
            return SyncResult.Of(entries, 0);
        }

        private SyncFile ToFile(string source, string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            FileStamp stamp = new(bytes.Length, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(text.Length).Ticks);
            return new SyncFile(SourceDocument.FromStream(source, Open), stamp, () => stamp);

            Task<Stream> Open(CancellationToken cancellationToken)
            {
                _store.OnStep();
                return Task.FromResult<Stream>(new MemoryStream(bytes));
            }
        }

        private string[] State() =>
        [
            .. _store.Records<string, Passage>("docs").Select(passage => string.Create(
                CultureInfo.InvariantCulture,
                $"{passage.Source} {passage.Ordinal} {passage.Key} {passage.Scope} {passage.Offset} {passage.Length} {passage.HeadingPath} {passage.Text} {passage.ContentHash} {string.Join(',', passage.Vector.ToArray())}")).Order(StringComparer.Ordinal),
            .. _store.Records<string, SourceRecord>("docs-sources").Select(record => string.Create(
                CultureInfo.InvariantCulture,
                $"{record.Source} {record.Scope} {record.State} {record.ByteLength} {record.Modified} {record.Hash} {record.Reader} {record.Settings} {record.Encoder} {record.Passages}")).Order(StringComparer.Ordinal),
        ];
    }

    private sealed class SteppingGenerator(Action onStep) : DelegatingEmbeddingGenerator<string, Embedding<float>>(new FakeEmbeddingGenerator())
    {
        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            onStep();
            return base.GenerateAsync(values, options, cancellationToken);
        }
    }
}
