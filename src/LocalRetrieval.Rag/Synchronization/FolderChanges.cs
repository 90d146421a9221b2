using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>Waits for changes in a folder.</summary>
/// <remarks>
/// What the operating system tells is taken as a hint that something changed, never for what. It may lose events, and then says so, or can
/// watch no more; then the folder is taken as changed, and watched anew. Where that breaks too, the folder is looked at from time to time.
/// </remarks>
internal sealed class FolderChanges : IDisposable
{
    /// <summary>How often to look where the folder should be watched and cannot be.</summary>
    private static readonly TimeSpan Fallback = TimeSpan.FromSeconds(30);

    private readonly PassageSyncOptions _options;
    private readonly ILogger _logger;
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private FileSystemWatcher? _watcher;
    private volatile bool _isBroken;
    private long _replaced;

    public FolderChanges(PassageSyncOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        Watch();
    }

    // What made one watcher break may break the next, such as a folder that may not be read.
    private bool IsNew => Volatile.Read(ref _replaced) is not 0 and var since && Stopwatch.GetElapsedTime(since) < Fallback;

    /// <summary>Takes the folder as changed.</summary>
    public void Signal() => _changed.Writer.TryWrite(true);

    /// <summary>Waits until the folder has changed and is at rest again, or a time is over.</summary>
    public async Task WaitAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        if (_isBroken && !(IsNew && _watcher is not null))
        {
            Volatile.Write(ref _replaced, Stopwatch.GetTimestamp());
            Watch();
        }

        TimeSpan limit = (_isBroken || IsNew) && (atMost is null || atMost > Fallback) ? Fallback : atMost ?? Timeout.InfiniteTimeSpan;
        if (!await IsChangedWithinAsync(limit, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        // Events come in swarms, and what is being written would be read half-done.
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < _options.Debounce * 10 && await IsChangedWithinAsync(_options.Debounce, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Has the folder watched anew by the next wait: one that was deleted and is there again tells of nothing, and of no error.</summary>
    public void Renew() => _isBroken = _options.Watch;

    public void Dispose() => _watcher?.Dispose();

    private async Task<bool> IsChangedWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        try
        {
            return await _changed.Reader.ReadAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
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
            _isBroken = false;
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            PassageSyncLog.NotWatched(_logger, exception, _options.Folder, Fallback);
            _isBroken = true;
        }
    }

    /// <summary>Notes that changes may have been missed, and may be from now on.</summary>
    internal void Break(Exception error)
    {
        if (_isBroken)
        {
            return;
        }

        PassageSyncLog.WatchingFailed(_logger, error, _options.Folder);
        _isBroken = true;
        if (!IsNew)
        {
            Signal();
        }
    }
}
