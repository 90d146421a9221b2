using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>
/// Keeps a scope of a collection what a folder is, in the background of a host: once when the host starts, and then with each change in the
/// folder. Registered by <c>AddPassageSync</c>.
/// </summary>
/// <remarks>
/// <para>The host does not wait for it, and no failure of it ends the host: a run that fails is logged and tried again, after longer and longer
/// times. For a health check, <see cref="State"/> is <see cref="PassageSyncState.Ready"/> where all is well.</para>
/// <para>Failures are logged as warnings, and each again only when it changes; their exceptions are logged at Debug.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class PassageSync : BackgroundService
{
    private readonly Func<IProgress<SyncProgress>, CancellationToken, Task<SyncResult>> _sync;
    private readonly PassageSyncOptions _options;
    private readonly ILogger _logger;
    private readonly PassageSyncReport _report;
    private readonly TaskCompletionSource<SyncResult> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SyncProgressRelay _progress = new();
    private volatile FolderChanges? _changes;
    private volatile Run _last = new(PassageSyncState.Starting, null, null);

    internal PassageSync(Func<IProgress<SyncProgress>, CancellationToken, Task<SyncResult>> sync, PassageSyncOptions options, string scope, ILogger logger)
    {
        _sync = sync;
        _options = options;
        _logger = logger;
        _report = new PassageSyncReport(logger, scope);
    }

    /// <summary>How the last run ended.</summary>
    public PassageSyncState State => _last.State;

    /// <summary>What the last run did that ended; null before the first.</summary>
    public SyncResult? LastResult => _last.Result;

    /// <summary>Why the last run failed; null where it did not.</summary>
    public Exception? LastError => _last.Error;

    /// <summary>Waits until the scope was synchronised once.</summary>
    /// <param name="cancellationToken">Ends the waiting early, and not the run.</param>
    /// <returns>What the first run did that ended.</returns>
    /// <exception cref="OperationCanceledException">The host stopped before that, or <paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<SyncResult> ReadyAsync(CancellationToken cancellationToken = default) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>Waits until the scope was synchronised once, and is told how far that is.</summary>
    /// <param name="progress">Is told at once how far the first run has come, then with each source that is done, and of each run that fails as a whole. It is called by the thread that synchronises, and should not take long.</param>
    /// <param name="cancellationToken">Ends the waiting early, and not the run.</param>
    /// <returns>What the first run did that ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="progress"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The host stopped before that, or <paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<SyncResult> ReadyAsync(IProgress<SyncProgress> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (_ready.Task.IsCompleted)
        {
            return await ReadyAsync(cancellationToken).ConfigureAwait(false);
        }

        _progress.Add(progress);
        try
        {
            return await ReadyAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _progress.Remove(progress);
        }
    }

    /// <summary>Asks for a run, as a change in the folder does.</summary>
    public void RequestSync() => _changes?.Signal();   // before there is one, the first run is still to come

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);

        // Not at the end of the execution, which never begins where the host stops at once.
        End();
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        End();   // a host that fails to start stops nothing
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the first run, so that no change is missed between both.
        using FolderChanges changes = new(_options, _logger);
        _changes = changes;
        try
        {
            for (int failures = 0; ;)
            {
                failures = await TryAsync(failures, stoppingToken).ConfigureAwait(false) ? 0 : failures + 1;
                await changes.WaitAsync(Interval(failures), hasFailed: LastError is not null, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, or is disposed while it runs: then store and models fail as disposed ones.
        }
        finally
        {
            _changes = null;
        }
    }

    private void End()
    {
        _last = _last with { State = PassageSyncState.Stopped };
        _ready.TrySetCanceled(CancellationToken.None);
    }

    /// <summary>Runs once.</summary>
    /// <returns>Whether there is nothing to try again.</returns>
    private async Task<bool> TryAsync(int failures, CancellationToken cancellationToken)
    {
        try
        {
            SyncResult result = await _sync(_progress, cancellationToken).ConfigureAwait(false);
            _last = new Run(PassageSyncState.Ready, result, null);
            _ready.TrySetResult(result);
            _report.Add(result);
            return result.Failed.Count == 0;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _last = new Run(PassageSyncState.Failing, _last.Result, exception);
            _report.Add(exception, Delay(failures + 1));
            _progress.Report(new SyncProgress { Sources = 0, TotalSources = 0, Error = exception });
            return false;
        }
    }

    private TimeSpan? Interval(int failures)
    {
        TimeSpan? polling = _options.PollingInterval;
        return failures > 0 && !(polling < Delay(failures)) ? Delay(failures) : polling;
    }

    private TimeSpan Delay(int failures)
    {
        double delay = _options.RetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30));
        return TimeSpan.FromMilliseconds(Math.Min(delay, Math.Max(_options.MaxRetryDelay.TotalMilliseconds, _options.RetryDelay.TotalMilliseconds)));
    }

    private sealed record Run(PassageSyncState State, SyncResult? Result, Exception? Error);
}
