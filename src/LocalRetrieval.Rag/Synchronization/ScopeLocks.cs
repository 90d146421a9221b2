using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Lets the synchronisations of one scope run one after the other.</summary>
internal static class ScopeLocks
{
    private static readonly ConditionalWeakTable<VectorStore, ConcurrentDictionary<(string Manifest, string Scope), SemaphoreSlim>> Locks = [];

    /// <summary>Waits until no other runs, and keeps others waiting until it is disposed.</summary>
    public static async Task<IDisposable> EnterAsync(VectorStore store, string manifest, string scope, CancellationToken cancellationToken)
    {
        SemaphoreSlim semaphore = Locks.GetOrCreateValue(store).GetOrAdd((manifest, scope), _ => new SemaphoreSlim(1, 1));
        await semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Exit(semaphore);
    }

    private sealed class Exit(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
