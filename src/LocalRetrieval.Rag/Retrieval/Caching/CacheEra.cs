using Microsoft.Extensions.Primitives;

namespace LocalRetrieval.Rag;

/// <summary>The time during which a collection has one version: entries end with it, as the cache sees when it next looks at them.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class CacheEra(string? version) : IChangeToken
{
    private volatile bool _hasEnded;

    public string? Version => version;

    public bool HasChanged => _hasEnded;

    public bool ActiveChangeCallbacks => false;

    public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => throw new NotSupportedException("A cache asks for changes; none are called back.");

    public void End() => _hasEnded = true;
}
