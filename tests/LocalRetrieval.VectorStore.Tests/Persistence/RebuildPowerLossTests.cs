using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;
using StoreWriter;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>Power is lost at each operation of a rebuild in turn: what it told of as done is not embedded again, and the collection is whole, with the vectors of one model.</summary>
public sealed class RebuildPowerLossTests
{
    private const int MostOperations = 80;
    private const int Records = 20;
    private const int Batch = 4;

    private static readonly int Seeds = AtLength.Times("STORE_POWER_LOSSES", 600);

    [Fact]
    public async Task RebuildAsync_PowerWasLostAnywhere_EmbedsNothingTwiceThatWasTold()
    {
        int lost = 0;
        int resumed = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            // Of seeds that lie together the first numbers do, too.
            Random random = new(unchecked(seed * 7919));
            PowerLossFolder folder = new(operations: seed % MostOperations);
            Life first = await Life.RunAsync(folder);
            PowerLossFolder again = folder.Restart(random, operations: random.Next(MostOperations));
            Life second = await Life.RunAsync(again);
            Life last = await Life.RunAsync(again.Restart(random));

            Assert.True(last.HasEnded, $"Seed {seed}");
            Assert.True(!second.Embedded.Intersect(first.Done).Any(), $"Seed {seed}: embedded again {string.Join(' ', second.Embedded.Intersect(first.Done))}");
            Assert.True(!last.Embedded.Intersect(first.Done.Union(second.Done)).Any(), $"Seed {seed}: embedded again in the end {string.Join(' ', last.Embedded)}");
            lost += first.HasEnded ? 0 : 1;
            resumed += first.Done.Count > 0 && second.Embedded.Count > 0 && second.Embedded.Count < Records ? 1 : 0;
        }

        // Otherwise nothing was seen of what this is about.
        Assert.InRange(lost, 1, Seeds);
        Assert.InRange(resumed, Seeds / MostOperations, Seeds);
    }

    /// <summary>A process that fills a collection where there is none, and embeds it anew, until the power is lost.</summary>
    private sealed class Life
    {
        public HashSet<int> Embedded { get; } = [];

        public HashSet<int> Done { get; } = [];

        public bool HasEnded { get; private set; }

        public static async Task<Life> RunAsync(PowerLossFolder folder)
        {
            Life life = new();
            try
            {
                using LocalVectorStore store = new(new StoreCatalog(() => new StoreDisk(folder, Durability.Disk, NullLogger.Instance)), new LocalVectorStoreOptions(), embeddingGenerator: null, loggerFactory: null);
                await life.RebuildAsync(store);
            }
            catch (IOException)
            {
            }

            return life;
        }

        private async Task RebuildAsync(LocalVectorStore store)
        {
            VectorStoreCollection<int, Entry> entries = store.GetCollection<int, Entry>("docs");
            await entries.EnsureCollectionExistsAsync();
            if (!await entries.GetAsync(_ => true, 1).AnyAsync())
            {
                await entries.UpsertAsync(Enumerable.Range(0, Records).Select(id => new Entry { Id = id, Text = $"text {id}", Model = "old", Vector = new float[8] }));
            }

            int[] order = [.. (await ReadAsync(entries)).Select(entry => entry.Id)];
            await ((IRebuildableCollection<Entry>)entries).RebuildAsync(new RecordRebuild<Entry>
            {
                Remake = (batch, _) => Remake(batch),
                InputOf = entry => entry.Text,
                IsRemade = entry => entry.Model == "new",
                Encoder = FakeEncoders.Info("new", dimensions: 8),
                BatchSize = Batch,
                Progress = new Told(this, order),
            });
            Assert.All(await ReadAsync(entries), entry => Assert.Equal(("new", entry.Id), (entry.Model, (int)entry.Vector!.Value.Span[0])));
            HasEnded = true;
        }

        private Task Remake(IReadOnlyList<Entry> entries)
        {
            foreach (Entry entry in entries)
            {
                entry.Model = "new";
                if (entry.Vector is null)
                {
                    Embedded.Add(entry.Id);
                    entry.Vector = new float[] { entry.Id, 1, 1, 1, 1, 1, 1, 1 };
                }
            }

            return Task.CompletedTask;
        }

        /// <summary>All records, which are of one model, whichever that is.</summary>
        private static async Task<List<Entry>> ReadAsync(VectorStoreCollection<int, Entry> entries)
        {
            List<Entry> all = await entries.GetAsync(_ => true, Records * 2, new() { IncludeVectors = true }).ToListAsync();
            Assert.Equal(Enumerable.Range(0, Records), all.Select(entry => entry.Id).Order());
            Assert.Single(all.Select(entry => entry.Model).Distinct());
            return all;
        }

        private sealed class Told(Life life, int[] order) : IProgress<RebuildProgress>
        {
            public void Report(RebuildProgress value) => life.Done.UnionWith(order.Take(value.Done));
        }
    }
}
