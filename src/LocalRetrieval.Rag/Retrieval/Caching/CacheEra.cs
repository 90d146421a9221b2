using Microsoft.Extensions.Primitives;

namespace LocalRetrieval.Rag;

/// <summary>The time during which a collection has one version: its entries end with it.</summary>
internal sealed class CacheEra(string? version)
{
    // It has no timer, so that nothing need be disposed.
    private readonly CancellationTokenSource _end = new();

    public string? Version => version;

    public IChangeToken Token => new CancellationChangeToken(_end.Token);

    public void End() => _end.Cancel();
}
