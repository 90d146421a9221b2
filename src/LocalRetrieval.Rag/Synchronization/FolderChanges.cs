using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>Waits for changes in a folder.</summary>
/// <remarks>
/// What the operating system tells is taken as a hint that something changed, never for what. It may lose events, and then says so, or can
/// watch no more; then the folder is taken as changed, and watched anew. Where that breaks too, the folder is looked at from time to time.
/// A folder that is moved away, or replaced by another of its name, tells of nothing itself; so its parent is watched for its name.
/// </remarks>
internal sealed class FolderChanges : IDisposable
{
    private readonly PassageSyncOptions _options;
    private readonly ILogger _logger;
    private readonly TimeSpan _fallback;
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private FileSystemWatcher? _watcher;
    private FileSystemWatcher? _parent;
    private string? _toldReason;
    private volatile bool _isBroken;
    private volatile bool _isOther;
    private long _replaced;

    /// <param name="options">What to watch.</param>
    /// <param name="logger">Told where it cannot be.</param>
    /// <param name="fallback">How often to look where the folder should be watched and cannot be; null takes 30 seconds.</param>
    public FolderChanges(PassageSyncOptions options, ILogger logger, TimeSpan? fallback = null)
    {
        _options = options;
        _logger = logger;
        _fallback = fallback ?? TimeSpan.FromSeconds(30);
        Watch();
    }

    // What made one watcher break may break the next, such as a folder that may not be read.
    private bool IsNew => Volatile.Read(ref _replaced) is not 0 and var since && Stopwatch.GetElapsedTime(since) < _fallback;

    /// <summary>Takes the folder as changed.</summary>
    public void Signal() => _changed.Writer.TryWrite(true);

    /// <summary>Waits until the folder has changed and is at rest again, or a time is over.</summary>
    /// <param name="atMost">The time; null for none.</param>
    /// <param name="hasFailed">Whether the last run failed: the folder may have been gone, and one that is there again tells of nothing, and of no error.</param>
    /// <param name="cancellationToken">Ends the waiting early.</param>
    public async Task WaitAsync(TimeSpan? atMost, bool hasFailed, CancellationToken cancellationToken)
    {
        _isBroken |= hasFailed && _options.Watch;
        if (_isBroken && !(IsNew && _watcher is not null))
        {
            bool wasAway = _watcher is null;
            Volatile.Write(ref _replaced, Stopwatch.GetTimestamp());
            Watch();
            if (wasAway && _watcher is not null)
            {
                Signal();   // it is there again, and tells of that no more
            }
        }

        // What a new watcher misses is found by the run that follows a failure in any case.
        bool mayMiss = _isBroken || (IsNew && !hasFailed);
        TimeSpan limit = mayMiss && (atMost is null || atMost > _fallback) ? _fallback : atMost ?? Timeout.InfiniteTimeSpan;
        if (!await IsChangedWithinAsync(limit, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        // Events come in swarms, and what is being written would be read half-done.
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < _options.Debounce * 10 && await IsChangedWithinAsync(_options.Debounce, cancellationToken).ConfigureAwait(false))
        {
        }

        // Before the run that follows, so that it finds what the watcher of the old folder did not see.
        if (_isOther)
        {
            Watch();
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _parent?.Dispose();
    }

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

        // The parent first: a folder that comes to be meanwhile is seen by one of both.
        _isOther = false;
        WatchParent();
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
            _toldReason = null;
        }
        catch (Exception exception) when (IsOfWatching(exception))
        {
            if (_toldReason != exception.Message)
            {
                PassageSyncLog.NotWatched(_logger, _options.Folder, ReadableTime.Of(_fallback), exception.Message);
            }

            _toldReason = exception.Message;
            _isBroken = true;
        }
    }

    private void WatchParent()
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(_options.Folder));
        _parent?.Dispose();
        _parent = null;
        if (Path.GetDirectoryName(folder) is not { } parent)
        {
            return;
        }

        try
        {
            // A link to a folder counts as a file.
            FileSystemWatcher watcher = new(parent, Path.GetFileName(folder)) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName };
            watcher.Created += (_, _) => Replace();
            watcher.Deleted += (_, _) => Replace();
            watcher.Renamed += (_, _) => Replace();
            watcher.Error += (_, failure) => Break(failure.GetException());
            _parent = watcher;
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (IsOfWatching(exception))
        {
            PassageSyncLog.ParentNotWatched(_logger, exception, _options.Folder);
        }
    }

    private static bool IsOfWatching(Exception exception) =>
        exception is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException;

    private void Replace()
    {
        _isOther = true;
        Signal();
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
