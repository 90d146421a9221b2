namespace LocalRetrieval.Rag;

/// <summary>The version of a retriever's collections before it has them.</summary>
/// <param name="find">Gets the collections, and their version; null where they have none.</param>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class PlannedVersion(Func<CancellationToken, Task<ICollectionVersion?>> find) : ICollectionVersion
{
    public async ValueTask<string?> GetVersionAsync(CancellationToken cancellationToken = default) =>
        await find(cancellationToken).ConfigureAwait(false) is { } version ? await version.GetVersionAsync(cancellationToken).ConfigureAwait(false) : null;
}
