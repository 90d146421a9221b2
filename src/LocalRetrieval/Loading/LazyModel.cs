namespace LocalRetrieval.Loading;

/// <summary>A model that is loaded on the thread pool when it is first asked for. A load that fails is tried again the next time.</summary>
/// <remarks>Safe for concurrent use: all who ask while the model is loading wait for the one load, without a thread of their own.</remarks>
internal sealed class LazyModel<TModel>(Func<TModel> load) : IDisposable
    where TModel : class, IDisposable
{
    private readonly Lock _lock = new();
    private Task<TModel>? _loading;
    private Exception? _lastFailure;
    private bool _disposed;

    /// <summary>The model; null while it is not loaded.</summary>
    public TModel? Loaded => Volatile.Read(ref _loading) is { IsCompletedSuccessfully: true } loaded ? loaded.Result : null;

    /// <summary>Why the last load that ended failed, also while it is tried again; null where it did not.</summary>
    public Exception? Failure => Volatile.Read(ref _loading) is { IsCompletedSuccessfully: false } loading ? loading.Exception?.InnerException ?? _lastFailure : null;

    /// <summary>The model; a cancelled token ends the wait, not the load.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public Task<TModel> GetAsync(CancellationToken cancellationToken) => Load().WaitAsync(cancellationToken);

    /// <summary>The model, for callers that cannot wait asynchronously.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public TModel Get() => Load().GetAwaiter().GetResult();

    /// <summary>Disposes the model, when a load under way is over.</summary>
    /// <remarks>A load is waited for since a process that ends while native code still reads a model may end by a segmentation fault.</remarks>
    public void Dispose()
    {
        if (Close() is { } loading)
        {
            ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            if (loading.IsCompletedSuccessfully)
            {
                loading.Result.Dispose();
            }
        }
    }

    private Task<TModel>? Close()
    {
        lock (_lock)
        {
            _disposed = true;
            return _loading;
        }
    }

    private Task<TModel> Load()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(TModel));
            if (_loading is null or { IsFaulted: true })
            {
                _lastFailure = _loading?.Exception?.InnerException;
                Volatile.Write(ref _loading, Task.Run(load));
            }

            return _loading;
        }
    }
}
