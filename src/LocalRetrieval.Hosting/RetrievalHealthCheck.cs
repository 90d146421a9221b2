using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Hosting;

/// <summary>Tells whether questions can be answered.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RetrievalHealthCheck(IServiceProvider services, object? serviceKey) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            IPassageRetriever retriever = services.GetRequiredKeyedService<IPassageRetriever>(serviceKey);
            await LoadAsync(retriever, cancellationToken).ConfigureAwait(false);
            return FindTrouble() is { } trouble ? HealthCheckResult.Degraded(trouble)
                : await IsEmptyAsync(retriever, cancellationToken).ConfigureAwait(false) ? HealthCheckResult.Degraded($"Nothing is indexed yet{Where(retriever)}: questions find nothing, and fail where there is no such collection yet.")
                : HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // In the description too: what writes reports commonly leaves exceptions out.
            return new HealthCheckResult(context.Registration.FailureStatus, $"Retrieval cannot be asked: {exception.Message}", exception);
        }
    }

    /// <summary>Loads the models, where they are not: damaged files show here, and not at the first question.</summary>
    private static async Task LoadAsync(IPassageRetriever retriever, CancellationToken cancellationToken) => await Task.Run(
        () =>
        {
            _ = retriever.GetService<EncoderInfo>();
            _ = retriever.GetService<ITextReranker>()?.GetService<EncoderInfo>();
        },
        cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);

    private static async ValueTask<bool> IsEmptyAsync(IPassageRetriever retriever, CancellationToken cancellationToken) =>
        retriever.GetService<ICollectionVersion>() is { } collection && await collection.GetVersionAsync(cancellationToken).ConfigureAwait(false) is null;

    // A collection that is filled under one name and searched under another is the commonest of mistakes.
    private static string Where(IPassageRetriever retriever) =>
        retriever.GetService<VectorStoreCollectionMetadata>()?.CollectionName is { } name ? $" in the collection '{name}'" : "";

    /// <summary>What is wrong with the folders that are kept in step; null where nothing is.</summary>
    private string? FindTrouble()
    {
        PassageSync[] syncs = [.. serviceKey is null ? services.GetServices<PassageSync>() : services.GetKeyedServices<PassageSync>(serviceKey)];
        return Array.Find(syncs, sync => sync.State == PassageSyncState.Failing) is { } failing ? $"The last synchronisation failed: {failing.LastError?.Message}"
            : Array.Exists(syncs, sync => sync.State == PassageSyncState.Starting) ? "A folder is synchronised for the first time: answers are of what is indexed so far."
            : null;
    }
}
