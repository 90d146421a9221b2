using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Synchronization;

public sealed class PassageSyncTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task AddPassageSync_Host_SynchronisesAtStartAndWithEachChange()
    {
        _folder.Write("a.md", "alpha");
        await using ServiceProvider provider = Services(services => services.AddPassageSync("docs", options => (options.Folder, options.Debounce) = (_folder.FullPath, Soon)))
            .BuildServiceProvider();
        PassageSync sync = provider.GetRequiredService<PassageSync>();
        IHostedService hosted = Assert.Single(provider.GetServices<IHostedService>());
        Assert.Equal(PassageSyncState.Starting, sync.State);

        await hosted.StartAsync(CancellationToken.None);
        Assert.Single((await sync.ReadyAsync().OrHang()).New);
        Assert.Equal(PassageSyncState.Ready, sync.State);
        _folder.Write("b.md", "beta");

        // The file may be seen when it is made, when it is written, or both.
        await HangGuard.UntilAsync(() => sync.LastResult is { } result && result.New.Count + result.Changed.Count + result.Unchanged.Count == 2);

        await hosted.StopAsync(CancellationToken.None).OrHang();
        Assert.Equal(PassageSyncState.Stopped, sync.State);
        Assert.Null(sync.LastError);
    }

    [Fact]
    public async Task ReadyAsync_Progress_TellsOfEachSourceOnce()
    {
        _folder.Write("a.md", "alpha");
        _folder.Write("b.md", "beta");
        _folder.Write("c.png", "no text");
        await using ServiceProvider provider = Services(services => services.AddPassageSync("docs", options => (options.Folder, options.Watch) = (_folder.FullPath, false)))
            .BuildServiceProvider();
        PassageSync sync = provider.GetRequiredService<PassageSync>();
        RecordedProgress progress = new();
        Task<SyncResult> ready = sync.ReadyAsync(progress);

        await sync.StartAsync(CancellationToken.None);
        await ready.OrHang();
        await sync.StopAsync(CancellationToken.None);

        Assert.Equal([0, 1, 2, 3], progress.Reports.Select(report => report.Sources));
        Assert.All(progress.Reports, report => Assert.Equal(3, report.TotalSources));
        Assert.Equal(["a.md", "b.md", "c.png"], progress.Reports.Select(report => report.Source).OfType<string>().Order());
    }

    [Fact]
    public async Task ReadyAsync_RunFails_TellsWhyAlsoThoseWhoComeLater()
    {
        TaskCompletionSource second = new();
        int runs = 0;
        using PassageSync sync = Sync(async token =>
        {
            if (++runs == 1)
            {
                throw new IOException("not yet");
            }

            await second.Task.WaitAsync(token);
            return new SyncResult();
        });
        await sync.StartAsync(CancellationToken.None);
        await HangGuard.UntilAsync(() => runs == 2);
        RecordedProgress progress = new();

        Task<SyncResult> ready = sync.ReadyAsync(progress);
        second.SetResult();
        await ready.OrHang();
        await sync.StopAsync(CancellationToken.None);

        Assert.Equal("not yet", Assert.Single(progress.Reports).Error!.Message);
    }

    [Fact]
    public async Task AddPassageSync_Section_IsReadStrictly()
    {
        await using ServiceProvider provider = Services(services => services
            .AddPassageSync("docs", Section(("Folder", _folder.FullPath), ("Sync:SourcePrefix", "docs/"), ("PollingInterval", "00:01:00")))
            .AddKeyedPassageSync("bad", "docs", Section(("Foldr", "x")))
            .AddKeyedPassageSync("empty", "docs", _ => { })).BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<PassageSync>());
        Assert.Contains("'Folder'", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<PassageSync>("bad")).Message, StringComparison.Ordinal);
        Assert.Contains("PassageSyncOptions.Folder", Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<PassageSync>("empty")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddKeyedPassageSync_UuidKeysAndPrefix_AreUsed()
    {
        _folder.Write("a.md", "alpha");
        await using ServiceProvider provider = Services(services => services.AddKeyedPassageSync("k", "docs", options =>
        {
            options.Folder = _folder.FullPath;
            options.UuidKeys = true;
            options.Sync.SourcePrefix = "k/";
            options.Watch = false;
        })).BuildServiceProvider();
        PassageSync sync = provider.GetRequiredKeyedService<PassageSync>("k");

        await sync.StartAsync(CancellationToken.None);

        Assert.Equal("k/a.md", Assert.Single((await sync.ReadyAsync().OrHang()).New).Source);
        await sync.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task ReadyAsync_FirstRunsFail_SurvivesAndIsReadyAfterwards()
    {
        int runs = 0;
        using PassageSync sync = Sync(_ => ++runs < 3 ? throw new IOException("not yet") : Task.FromResult(new SyncResult()));

        await sync.StartAsync(CancellationToken.None);
        await HangGuard.UntilAsync(() => sync.State == PassageSyncState.Failing || runs > 2);
        await sync.ReadyAsync().OrHang();

        Assert.Equal(3, runs);
        Assert.Null(sync.LastError);
        await sync.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task ExecuteAsync_SourceFailed_IsTriedAgain()
    {
        int runs = 0;
        SyncEntry failed = new() { Source = "a.md", Outcome = SyncOutcome.Failed, Reason = "locked" };
        using PassageSync sync = Sync(_ => Task.FromResult(SyncResult.Of(++runs < 3 ? [failed] : [], 0)));

        await sync.StartAsync(CancellationToken.None);

        await HangGuard.UntilAsync(() => runs == 3);
        await sync.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task ExecuteAsync_SourceFailsForGood_PollsNonetheless()
    {
        int runs = 0;
        SyncEntry failed = new() { Source = "a.md", Outcome = SyncOutcome.Failed, Reason = "broken" };
        using PassageSync sync = Sync(
            _ =>
            {
                runs++;
                return Task.FromResult(SyncResult.Of([failed], 0));
            },
            options => (options.Watch, options.PollingInterval, options.RetryDelay) = (false, Soon, TimeSpan.FromHours(1)));

        await sync.StartAsync(CancellationToken.None);

        await HangGuard.UntilAsync(() => runs > 3);
        await sync.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task ExecuteAsync_FolderGoneAndBack_IsWatchedAnew()
    {
        string folder = _folder.PathOf("mounted");
        Directory.CreateDirectory(folder);
        int runs = 0;
        using PassageSync sync = Sync(
            token =>
            {
                _ = Directory.GetFiles(folder);
                runs++;
                return Task.FromResult(new SyncResult());
            },
            options => options.Folder = folder);
        await sync.StartAsync(CancellationToken.None);
        await sync.ReadyAsync().OrHang();
        Directory.Delete(folder);
        sync.RequestSync();
        await HangGuard.UntilAsync(() => sync.State == PassageSyncState.Failing);
        Directory.CreateDirectory(folder);
        await HangGuard.UntilAsync(() => sync.State == PassageSyncState.Ready);
        int before = runs;

        await HangGuard.UntilAsync(() =>
        {
            _folder.Write("mounted/a.md", "alpha");
            return runs > before;
        });

        await sync.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task ExecuteAsync_PollingWithoutWatching_RunsAgainAndAgain()
    {
        int runs = 0;
        using PassageSync sync = Sync(
            _ =>
            {
                runs++;
                return Task.FromResult(new SyncResult());
            },
            options => (options.Watch, options.PollingInterval) = (false, Soon));

        await sync.StartAsync(CancellationToken.None);

        await HangGuard.UntilAsync(() => runs > 3);
        await sync.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task ExecuteAsync_ReaderWarned_IsLogged()
    {
        using RecordingLoggerFactory logger = new();
        SyncEntry warned = new() { Source = "a.md", Outcome = SyncOutcome.New, Reason = "is new", Warnings = [new DocumentWarning { Message = "the date is none", Line = 2 }] };
        using PassageSync sync = new((_, _) => Task.FromResult(SyncResult.Of([warned], 0)), new PassageSyncOptions { Folder = _folder.FullPath, Watch = false }, "docs", logger);

        await sync.StartAsync(CancellationToken.None);
        await sync.ReadyAsync().OrHang();
        await sync.StopAsync(CancellationToken.None);

        Assert.Contains("Scope 'docs': 'a.md', line 2: the date is none", logger.Messages);
    }

    [Fact]
    public async Task RequestSync_DuringARun_RunsOnceMore()
    {
        int runs = 0;
        TaskCompletionSource requested = new();
        using PassageSync sync = Sync(
            async token =>
            {
                runs++;
                await requested.Task.WaitAsync(token);
                return new SyncResult();
            },
            options => options.Watch = false);
        await sync.StartAsync(CancellationToken.None);
        await HangGuard.UntilAsync(() => runs == 1);

        sync.RequestSync();
        requested.SetResult();

        await HangGuard.UntilAsync(() => runs == 2);
        await Task.Delay(Soon * 10);   // a third would begin meanwhile
        await sync.StopAsync(CancellationToken.None);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task AddPassageSync_DefinitionOfTheStore_IsUsed()
    {
        _folder.Write("a.md", "---\ntags: [one]\n---\nalpha");
        await using ServiceProvider provider = Services(services => services
            .AddPassageSync("docs", Section(("Folder", _folder.FullPath), ("Watch", "false"), ("Definition:HasLists", "false"), ("Definition:DistanceFunction", "DotProductSimilarity"))))
            .BuildServiceProvider();
        PassageSync sync = provider.GetRequiredService<PassageSync>();

        await sync.StartAsync(CancellationToken.None);

        Assert.Single((await sync.ReadyAsync().OrHang()).New);
        await sync.StopAsync(CancellationToken.None);
        VectorStoreCollection<string, Passage> collection = await provider.GetRequiredService<PassageIndexer>()
            .GetCollectionAsync<string>(provider.GetRequiredService<VectorStore>(), "docs", new PassageDefinitionOptions { HasLists = false, DistanceFunction = DistanceFunction.DotProductSimilarity });
        Passage passage = await collection.GetAsync(passage => passage.Ordinal == 0, top: 1).SingleAsync();
        Assert.Equal(("alpha", 0), (passage.Text, passage.Tags?.Count ?? 0));
    }

    [Fact]
    public async Task RequestSync_NothingChanged_Runs()
    {
        int runs = 0;
        using PassageSync sync = Sync(
            _ =>
            {
                runs++;
                return Task.FromResult(new SyncResult());
            },
            options => options.Watch = false);
        await sync.StartAsync(CancellationToken.None);
        await sync.ReadyAsync().OrHang();

        sync.RequestSync();

        await HangGuard.UntilAsync(() => runs == 2);
        await sync.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task StopAsync_DuringARun_CancelsIt()
    {
        using PassageSync sync = Sync(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return new SyncResult();
        });
        await sync.StartAsync(CancellationToken.None);

        await sync.StopAsync(CancellationToken.None).OrHang();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sync.ReadyAsync().OrHang());
        Assert.Equal(PassageSyncState.Stopped, sync.State);
    }

    [Fact]
    public async Task Dispose_DuringARunWithoutAStop_EndsItWithoutAFailure()
    {
        TaskCompletionSource started = new();
        TaskCompletionSource disposed = new();
        PassageSync sync = Sync(async _ =>
        {
            started.SetResult();
            await disposed.Task;
            throw new ObjectDisposedException("LocalVectorStore");
        });
        Task<SyncResult> ready = sync.ReadyAsync();
        await sync.StartAsync(CancellationToken.None);
        await started.Task.OrHang();

        sync.Dispose();
        disposed.SetResult();

        await sync.ExecuteTask!.OrHang();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready.OrHang());
        Assert.Equal((PassageSyncState.Stopped, null), (sync.State, sync.LastError));
    }

    [Fact]
    public async Task ExecuteAsync_MissingFolder_WaitsForIt()
    {
        using FolderChanges changes = new(new PassageSyncOptions { Folder = _folder.PathOf("later"), Debounce = Soon }, NullLogger.Instance);
        Directory.CreateDirectory(_folder.PathOf("later"));

        await changes.WaitAsync(Soon, hasFailed: false, CancellationToken.None).OrHang();
        _folder.Write("later/a.md", "alpha");

        await changes.WaitAsync(atMost: null, hasFailed: false, CancellationToken.None).OrHang();
    }

    [Theory]
    [InlineData("moved")]
    [InlineData("../moved-out")]
    public async Task WaitAsync_FolderMovedAway_IsAChangeAndTheNewOneIsWatched(string target)
    {
        string folder = _folder.PathOf("docs");
        string moved = Path.GetFullPath(_folder.PathOf(target)) + Guid.NewGuid();
        _folder.Write("docs/a.md", "alpha");
        using FolderChanges changes = new(new PassageSyncOptions { Folder = folder + Path.DirectorySeparatorChar, Debounce = Soon }, NullLogger.Instance);

        Directory.Move(folder, moved);
        await changes.WaitAsync(atMost: null, hasFailed: false, CancellationToken.None).OrHang();
        Directory.CreateDirectory(folder);
        await changes.WaitAsync(atMost: null, hasFailed: true, CancellationToken.None).OrHang();
        _folder.Write("docs/b.md", "beta");
        await changes.WaitAsync(atMost: null, hasFailed: false, CancellationToken.None).OrHang();

        Directory.Delete(moved, recursive: true);
    }

    [Fact]
    public async Task WaitAsync_FolderReplacedAtOnce_WatchesTheNewOne()
    {
        _folder.Write("docs/a.md", "alpha");
        using FolderChanges changes = new(new PassageSyncOptions { Folder = _folder.PathOf("docs"), Debounce = Soon }, NullLogger.Instance);
        for (int round = 0; round < 2; round++)
        {
            Directory.Move(_folder.PathOf("docs"), _folder.PathOf($"old{round}"));
            Directory.CreateDirectory(_folder.PathOf("docs"));
            await changes.WaitAsync(atMost: null, hasFailed: false, CancellationToken.None).OrHang();
        }

        _folder.Write("docs/b.md", "beta");

        await changes.WaitAsync(atMost: null, hasFailed: false, CancellationToken.None).OrHang();
    }

    [Fact]
    public async Task WaitAsync_AnotherFolderBesideIt_IsNoChange()
    {
        _folder.Write("docs/a.md", "alpha");
        using FolderChanges changes = new(new PassageSyncOptions { Folder = _folder.PathOf("docs"), Debounce = Soon }, NullLogger.Instance);
        using CancellationTokenSource end = new(TimeSpan.FromMilliseconds(200));

        Directory.CreateDirectory(_folder.PathOf("docs2"));
        _folder.Write("other.md", "other");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => changes.WaitAsync(atMost: null, hasFailed: false, end.Token).OrHang());
    }

    [Fact]
    public async Task WaitAsync_NewWatcherBreaksToo_DoesNotTakeTheFolderAsChangedAgain()
    {
        using FolderChanges changes = new(new PassageSyncOptions { Folder = _folder.FullPath, Debounce = Soon }, NullLogger.Instance);
        changes.Break(new IOException("no more watches"));
        await changes.WaitAsync(atMost: null, hasFailed: false, CancellationToken.None).OrHang();
        changes.Break(new IOException("no more watches"));
        using CancellationTokenSource end = new(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => changes.WaitAsync(atMost: null, hasFailed: false, end.Token).OrHang());
    }

    [Fact]
    public async Task WaitAsync_NewWatcherBreaksToo_LooksNowAndThen()
    {
        using FolderChanges changes = new(new PassageSyncOptions { Folder = _folder.FullPath, Debounce = Soon }, NullLogger.Instance, fallback: TimeSpan.FromMilliseconds(200));
        changes.Break(new IOException("no more watches"));
        await changes.WaitAsync(atMost: null, hasFailed: false, CancellationToken.None).OrHang();
        changes.Break(new IOException("no more watches"));

        await changes.WaitAsync(atMost: null, hasFailed: false, CancellationToken.None).OrHang();
    }

    [Fact]
    public async Task WaitAsync_RunFailedInAFolderThatIsThere_WaitsAsLongAsItShould()
    {
        using FolderChanges changes = new(new PassageSyncOptions { Folder = _folder.FullPath, Debounce = Soon }, NullLogger.Instance, fallback: Soon);
        using CancellationTokenSource end = new(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => changes.WaitAsync(TimeSpan.FromHours(1), hasFailed: true, end.Token).OrHang());
    }

    public void Dispose() => _folder.Dispose();

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"Sync:{pair.Key}", (string?)pair.Value))).Build().GetSection("Sync");

    private static ServiceCollection Services(Action<IServiceCollection> add)
    {
        ServiceCollection services = new();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new FakeEmbeddingGenerator());
        services.AddSingleton<VectorStore>(new LocalVectorStore());
        services.AddPassageIndexer();
        add(services);
        return services;
    }

    private PassageSync Sync(Func<CancellationToken, Task<SyncResult>> run, Action<PassageSyncOptions>? configure = null)
    {
        PassageSyncOptions options = new() { Folder = _folder.FullPath, RetryDelay = Soon, Debounce = Soon };
        configure?.Invoke(options);
        return new PassageSync((_, token) => run(token), options, "docs", NullLogger.Instance);
    }
}
