namespace LocalRetrieval.Loading;

/// <summary>A model that is loaded when it is first asked for. A load that fails is tried again the next time.</summary>
/// <remarks>Safe for concurrent use; the model is loaded once.</remarks>
internal sealed class LazyModel<TModel>(Func<TModel> load) : IDisposable
    where TModel : class, IDisposable
{
    private readonly Lock _loading = new();
    private TModel? _model;
    private bool _disposed;

    /// <summary>The model, loaded on this thread where it is not yet.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public TModel Value
    {
        get
        {
            if (Volatile.Read(ref _model) is { } loaded)
            {
                return loaded;
            }

            lock (_loading)
            {
                ObjectDisposedException.ThrowIf(_disposed, typeof(TModel));
                if (_model is null)
                {
                    Volatile.Write(ref _model, load());
                }

                return _model!;
            }
        }
    }

    /// <summary>The model, loaded on the thread pool where it is not yet.</summary>
    public ValueTask<TModel> GetAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _model) is { } loaded ? new(loaded) : new(Task.Run(() => Value, cancellationToken));

    public void Dispose()
    {
        lock (_loading)
        {
            _disposed = true;
            _model?.Dispose();
        }
    }
}
