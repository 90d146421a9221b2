using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Persistence;

/// <summary>Power is lost at each operation of the file system in turn: what was acknowledged is there whole, and what was not is there whole or not at all.</summary>
public sealed class PowerLossTests
{
    private const int MostOperations = 260;

    private static readonly int Seeds = AtLength.Times("STORE_POWER_LOSSES", 300);

    [Fact]
    public async Task Restart_AfterPowerWasLostAnywhere_HasWhatWasAcknowledged()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            // At each operation in turn, so that none is left out.
            Random random = new(seed);
            PowerLossFolder folder = new(operations: seed % MostOperations);
            History history = new();

            // Power may be lost again while the store recovers.
            await WorkAsync(folder, history, random);
            PowerLossFolder again = folder.Restart(random, operations: random.Next(20));
            await WorkAsync(again, history, random, changes: 3);
            await CheckAsync(again.Restart(random), history, seed);
        }
    }

    [Fact]
    public async Task WorkAsync_ThePowerIsNeverLost_HasAll()
    {
        PowerLossFolder folder = new();
        History history = new();
        await WorkAsync(folder, history, new Random(1));

        Assert.Single(history.Allowed);
        await CheckAsync(folder, history, seed: 1);
        Assert.NotEmpty(history.Allowed[0]!);

        // So that power is lost at each.
        Assert.InRange(folder.Operations, 1, MostOperations);
    }

    [Fact]
    public async Task Reopen_AfterOneOperationFailed_HasWhatWasAcknowledged()
    {
        for (int operation = 0; operation < 2 * MostOperations; operation++)
        {
            Random random = new(operation / MostOperations);
            PowerLossFolder folder = new(operation % MostOperations, failsOnce: true);
            History history = new();
            for (int life = 0; life < 3; life++)
            {
                await WorkAsync(folder, history, random, changes: 20);
            }

            await CheckAsync(folder, history, operation);
            await CheckAsync(folder.Restart(random), history, operation);
        }
    }

    [Fact]
    public async Task UpsertAsync_AgainAndAgainIntoALogThatFailed_TakesNoMemory()
    {
        PowerLossFolder folder = new(operations: 40);
        using LocalVectorStore store = Open(folder);
        VectorStoreCollection<int, Line> collection = store.GetCollection<int, Line>("docs");
        await collection.EnsureCollectionExistsAsync();
        int rows = 0;
        for (int attempt = 0; !folder.IsDark || attempt < 200; attempt++)
        {
            try
            {
                await collection.UpsertAsync(new Line { Id = attempt % 3, Text = "text" });
            }
            catch (IOException)
            {
                rows = rows == 0 ? store.FindTable("docs")!.Read().State.Count : rows;
            }
        }

        Assert.Equal(rows, store.FindTable("docs")!.Read().State.Count);
    }

    private static LocalVectorStore Open(PowerLossFolder folder) =>
        new(new StoreCatalog(() => new StoreDisk(folder, Durability.Disk, NullLogger.Instance, leastRows: 10)), new LocalVectorStoreOptions(), embeddingGenerator: null, loggerFactory: null);

    /// <summary>Changes a collection until it is done, or the power is lost.</summary>
    private static async Task WorkAsync(PowerLossFolder folder, History history, Random random, int changes = 30)
    {
        try
        {
            using LocalVectorStore store = Open(folder);
            VectorStoreCollection<int, Line> collection = store.GetCollection<int, Line>("docs");
            history.Begin([]);
            await collection.EnsureCollectionExistsAsync();
            history.Recover(await ReadAsync(collection));
            for (int change = 0; change < changes; change++)
            {
                await ChangeAsync(store, collection, history, random);
            }
        }
        catch (IOException)
        {
        }
    }

    private static async Task ChangeAsync(LocalVectorStore store, VectorStoreCollection<int, Line> collection, History history, Random random)
    {
        int[] keys = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(20)).Distinct()];
        Dictionary<int, string?> next = new(history.Sure!);
        switch (random.Next(12))
        {
            case 0:
                history.Begin(null);
                await store.EnsureCollectionDeletedAsync("docs");
                history.Settle(null);
                history.Begin([]);
                await collection.EnsureCollectionExistsAsync();
                history.Settle([]);
                break;
            case < 4:
                Array.ForEach(keys, key => next.Remove(key));
                history.Begin(next);
                await collection.DeleteAsync(keys);
                history.Settle(next);
                break;
            default:
                string text = $"text {random.Next()}";
                Array.ForEach(keys, key => next[key] = text);
                history.Begin(next);
                await collection.UpsertAsync(keys.Select(key => new Line { Id = key, Text = text }));
                history.Settle(next);
                break;
        }
    }

    private static async Task CheckAsync(PowerLossFolder folder, History history, int seed)
    {
        using LocalVectorStore store = Open(folder);
        VectorStoreCollection<int, Line> collection = store.GetCollection<int, Line>("docs");
        Dictionary<int, string?>? found = await collection.CollectionExistsAsync() ? await ReadAsync(collection) : null;
        Assert.True(history.Allowed.Exists(state => Same(state, found)), $"Seed {seed}: there is {Describe(found)}, and there may be {string.Join(" or ", history.Allowed.Select(Describe))}.");
    }

    private static async Task<Dictionary<int, string?>> ReadAsync(VectorStoreCollection<int, Line> collection) =>
        await collection.GetAsync(_ => true, 1000).ToDictionaryAsync(record => record.Id, record => record.Text);

    private static bool Same(Dictionary<int, string?>? left, Dictionary<int, string?>? right) =>
        left is null || right is null ? left is null && right is null : left.OrderBy(pair => pair.Key).SequenceEqual(right.OrderBy(pair => pair.Key));

    private static string Describe(Dictionary<int, string?>? state) => state is null ? "no collection" : $"[{string.Join(", ", state.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}]";

    /// <summary>A record.</summary>
    public sealed class Line
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreData]
        public string? Text { get; set; }
    }

    /// <summary>What may be there: what was last acknowledged, or what was being written. Null is no collection.</summary>
    private sealed class History
    {
        public List<Dictionary<int, string?>?> Allowed { get; private set; } = [null];

        public Dictionary<int, string?>? Sure => Allowed[0];

        /// <summary>Something is being written, and may be there from now on.</summary>
        public void Begin(Dictionary<int, string?>? next) => Allowed.Add(next);

        /// <summary>It was acknowledged.</summary>
        public void Settle(Dictionary<int, string?>? state) => Allowed = [state];

        /// <summary>It was found after a restart, and so must have been allowed.</summary>
        public void Recover(Dictionary<int, string?> state)
        {
            Assert.Contains(Allowed, allowed => Same(allowed, state));
            Settle(state);
        }
    }
}
