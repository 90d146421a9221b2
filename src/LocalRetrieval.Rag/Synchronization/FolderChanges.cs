using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>Waits for changes in a folder.</summary>
/// <remarks>
/// What the operating system tells is taken as a hint that something changed, never for what. It may lose events, and then says so, or can
/// watch no more; then the folder is taken as changed, and watched anew.
/// </remarks>
internal sealed class FolderChanges : IDisposable
{
    /// <summary>How often to look where the folder should be watched and cannot be.</summary>
    private static readonly TimeSpan Fallback = TimeSpan.FromSeconds(30);

    private readonly PassageSyncOptions _options;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _changed = new(0, 1);
    private FileSystemWatcher? _watcher;
    private volatile bool _isBroken;

    public FolderChanges(PassageSyncOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        Watch();
    }

    /// <summary>Takes the folder as changed.</summary>
    public void Signal()
    {
        lock (_changed)
        {
            if (_changed.CurrentCount == 0)
            {
                _changed.Release();
            }
        }
    }

    /// <summary>Waits until the folder has changed and is at rest again, or a time is over.</summary>
    public async Task WaitAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        if (_isBroken)
        {
            Watch();
        }

        TimeSpan wait = _isBroken && (atMost is null || atMost > Fallback) ? Fallback : atMost ?? Timeout.InfiniteTimeSpan;
        if (!await _changed.WaitAsync(wait, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        for (int quiet = 0; quiet < 10 && await _changed.WaitAsync(_options.Debounce, cancellationToken).ConfigureAwait(false); quiet++)
        {
            // Events come in swarms; what is written now will be read half-done.
            await Task.Delay(_options.Debounce, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _changed.Dispose();
    }

    private void Watch()
    {
        if (!_options.Watch)
        {
            return;
        }

        _watcher?.Dispose();
        _watcher = null;
        try
        {
            FileSystemWatcher watcher = new(Path.GetFullPath(_options.Folder))
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
                InternalBufferSize = 64 * 1024,
            };
            watcher.Created += (_, _) => Signal();
            watcher.Changed += (_, _) => Signal();
            watcher.Deleted += (_, _) => Signal();
            watcher.Renamed += (_, _) => Signal();
            watcher.Error += (_, failure) => Break(failure.GetException());
            _watcher = watcher;
            watcher.EnableRaisingEvents = true;
            _isBroken = false;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            PassageSyncLog.NotWatched(_logger, exception, _options.Folder, Fallback);
            _isBroken = true;
        }
    }

    private void Break(Exception error)
    {
        PassageSyncLog.WatchingFailed(_logger, error, _options.Folder);
        _isBroken = true;
        Signal();
    }
}
