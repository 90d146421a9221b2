using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Loading;

/// <summary>
/// Has encoders answer what waits for them when a host shuts down: they take calls as long as other services stop, then those under way are waited for. When the host's time is
/// over, what is left is refused, so that nobody waits for an answer that will not come, and the container can dispose of the encoders.
/// </summary>
internal sealed partial class EncoderDrain(IEnumerable<RegisteredEncoder> encoders, ILoggerFactory? loggerFactory = null) : IHostedLifecycleService, IDisposable
{
    private readonly RegisteredEncoder[] _encoders = [.. encoders];
    private readonly ILogger _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<EncoderDrain>();
    private CancellationTokenRegistration _timeIsOver;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A service that awaits an encoder while it stops, without looking at its token, would never get to the end.
        _timeIsOver = cancellationToken.UnsafeRegister((_, token) => _ = DrainAsync(token), null);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        Dispose();
    }

    public void Dispose() => _timeIsOver.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} calls of the encoder {Name} ('{ModelId}') were refused: the host's ShutdownTimeout was over before they were answered.")]
    private static partial void LogRefused(ILogger logger, int count, string name, string modelId);

    private Task DrainAsync(CancellationToken cancellationToken) => Task.WhenAll(_encoders.Select(encoder => DrainAsync(encoder, cancellationToken)));

    private async Task DrainAsync(RegisteredEncoder encoder, CancellationToken cancellationToken)
    {
        if (encoder.Model?.LoadedInfo is { } info && await info.DrainAsync(cancellationToken).ConfigureAwait(false) is > 0 and int refused)
        {
            LogRefused(_logger, refused, encoder.Name, info.ModelId);
        }
    }
}
