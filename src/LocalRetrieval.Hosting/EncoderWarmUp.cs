using LocalRetrieval.Loading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Hosting;

/// <summary>Loads the encoders of one key and runs each once, before a host is started or beside it.</summary>
internal sealed partial class EncoderWarmUp(IServiceProvider services, object? serviceKey, WarmUpMode mode) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly ILogger _logger = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<EncoderWarmUp>();
    private readonly CancellationTokenSource _stopping = new();
    private Task _background = Task.CompletedTask;

    /// <summary>Ends when the encoders that are warmed up in the background are, or the host stops.</summary>
    public Task Background => _background;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        RegisteredEncoder[] encoders = [.. RegisteredEncoder.Of(services).Where(encoder => Equals(encoder.ServiceKey, serviceKey))];
        Array.ForEach(encoders, encoder => encoder.Await());
        if (mode == WarmUpMode.BeforeStart)
        {
            // All at once: what one reads from a disk, another computes.
            Refuse(await Task.WhenAll(encoders.Select(encoder => WarmUpAsync(encoder, cancellationToken))).ConfigureAwait(false));
        }
        else
        {
            _background = Task.Run(() => Task.WhenAll(encoders.Select(encoder => WarmUpUntilItWorksAsync(encoder, _stopping.Token))), CancellationToken.None);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    public async Task StopAsync(CancellationToken cancellationToken) =>
        await _background.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A host of which another service did not start is not stopped.
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The encoder {Name} could not be warmed up.")]
    private static partial void LogFailure(ILogger logger, Exception exception, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "The encoder {Name} is warmed up again in {Delay}.")]
    private static partial void LogRetry(ILogger logger, string name, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The encoder {Name} is loaded and ran once.")]
    private static partial void LogDone(ILogger logger, string name);

    // What failed may be mended meanwhile, such as a volume that was not mounted yet; and an instance that is not ready gets no request that would try.
    private async Task WarmUpUntilItWorksAsync(RegisteredEncoder encoder, CancellationToken cancellationToken)
    {
        TimeSpan delay = FirstDelay;
        while (await WarmUpAsync(encoder, cancellationToken).ConfigureAwait(false) is not null)
        {
            LogRetry(_logger, encoder.Name, delay);
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    private async Task<EncoderFailure?> WarmUpAsync(RegisteredEncoder encoder, CancellationToken cancellationToken)
    {
        try
        {
            await encoder.WarmUpAsync(cancellationToken).ConfigureAwait(false);
            LogDone(_logger, encoder.Name);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(_logger, exception, encoder.Name);
            return new EncoderFailure(encoder.Name, exception);
        }
    }

    private static void Refuse(EncoderFailure?[] results)
    {
        EncoderFailure[] failures = [.. results.OfType<EncoderFailure>()];
        if (failures.Length > 0)
        {
            throw new InvalidOperationException(
                $"The host does not start, since encoders could not be warmed up: {string.Join(" ", failures.Select(failure => $"{failure.Name}: {failure.Exception.Message}"))}",
                failures is [var only] ? only.Exception : new AggregateException(failures.Select(failure => failure.Exception)));
        }
    }
}
