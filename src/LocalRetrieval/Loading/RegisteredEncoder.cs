using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Loading;

/// <summary>An encoder that was registered, as the parts of a host see it that warm up, check and stop encoders.</summary>
/// <param name="kind">What it is, in the words of configuration: <c>Embeddings</c>, <c>Reranker</c>.</param>
/// <param name="serviceKey">The key of its registration; null for none.</param>
/// <param name="warmUp">Loads the model, and runs it once.</param>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RegisteredEncoder(string kind, object? serviceKey, Func<CancellationToken, Task> warmUp)
{
    private volatile ILazyService? _model;
    private volatile Exception? _loadFailure;
    private volatile Exception? _runFailure;
    private volatile bool _isAwaited;

    /// <summary>What errors and reports call it: <c>Embeddings</c>, or <c>Embeddings (faq)</c>.</summary>
    public string Name { get; } = serviceKey is null ? kind : $"{kind} ({serviceKey})";

    public string Kind => kind;

    public object? ServiceKey => serviceKey;

    /// <summary>The model; null before anything asked for the service.</summary>
    public ILazyService? Model
    {
        get => _model;
        set => _model = value;
    }

    /// <summary>Whether it is to be loaded before it is asked for.</summary>
    public bool IsAwaited => _isAwaited;

    /// <summary>Why it could not be loaded or warmed up; null where it could, or nothing was tried, or something else has loaded it since.</summary>
    public Exception? Failure => _runFailure ?? (_model is { IsLoaded: true } ? null : _model?.Failure ?? _loadFailure);

    /// <summary>Those of a container, without ones that a later registration of their kind and key replaced.</summary>
    public static IReadOnlyList<RegisteredEncoder> Of(IServiceProvider services) =>
        [.. services.GetServices<RegisteredEncoder>().GroupBy(encoder => (encoder.Kind, encoder.ServiceKey)).Select(group => group.Last())];

    /// <summary>Says that it will be warmed up, so that a host is not ready before.</summary>
    public void Await() => _isAwaited = true;

    /// <summary>Loads the model, and runs it once.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        Await();
        try
        {
            await warmUp(cancellationToken).ConfigureAwait(false);
            (_loadFailure, _runFailure) = (null, null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (_model is { IsLoaded: true })
            {
                _runFailure = exception;
            }
            else
            {
                _loadFailure = exception;
            }

            throw;
        }
    }
}
