namespace LocalRetrieval.Rag;

/// <summary>The version of several collections together.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class CollectionVersions : ICollectionVersion
{
    private readonly ICollectionVersion[] _collections;

    private CollectionVersions(ICollectionVersion[] collections) => _collections = collections;

    /// <summary>That of all that is searched; null where it is not known, or one of them has none.</summary>
    /// <param name="collections">What each collection gives; null where the collections are not known yet.</param>
    public static ICollectionVersion? Of(IEnumerable<object?>? collections) => collections?.ToArray() switch
    {
        null or [] => null,
        [var alone] => alone as ICollectionVersion,
        var all => all.OfType<ICollectionVersion>().ToArray() is var known && known.Length == all.Length ? new CollectionVersions(known) : null,
    };

    /// <inheritdoc />
    public async ValueTask<string?> GetVersionAsync(CancellationToken cancellationToken = default)
    {
        string?[] versions = new string?[_collections.Length];
        for (int index = 0; index < versions.Length; index++)
        {
            versions[index] = await _collections[index].GetVersionAsync(cancellationToken).ConfigureAwait(false);
        }

        // With its length, no version can pass for two.
        return versions.Contains(null) ? null : string.Concat(versions.Select(version => $"{version!.Length}:{version}"));
    }
}
