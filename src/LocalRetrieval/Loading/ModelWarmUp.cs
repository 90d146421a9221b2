using Microsoft.Extensions.Hosting;

namespace LocalRetrieval.Loading;

/// <summary>Runs a model once when the host starts, where its options ask for it.</summary>
internal sealed class ModelWarmUp(Func<CancellationToken, Task> warmUp) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => warmUp(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
