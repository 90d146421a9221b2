namespace LocalRetrieval;

/// <summary>
/// Reads whole sources where a passage is not enough: for a model or a person that reads on. A retriever gives it through
/// <c>GetService(typeof(ISourceReader))</c>, where its passages say what they are made of.
/// </summary>
/// <remarks>All members are safe for concurrent use.</remarks>
public interface ISourceReader
{
    /// <summary>Reads the source of a passage.</summary>
    /// <param name="key">The passage's <see cref="RetrievedPassage.Key"/>.</param>
    /// <param name="collection">The passage's <see cref="RetrievedPassage.Collection"/>; null for the first collection that has such a key.</param>
    /// <param name="options">Options of this request, of which the filter holds: passages that it hides are left out. Null means the retriever's defaults.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>The source, or null where there is no passage with this key that the filter lets through.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty, or the options are of other records.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<SourceText?> ReadSourceAsync(string key, string? collection = null, RetrievalOptions? options = null, CancellationToken cancellationToken = default);
}
