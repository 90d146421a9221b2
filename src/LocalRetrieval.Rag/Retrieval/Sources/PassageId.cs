namespace LocalRetrieval.Rag;

/// <summary>The ids by which models and clients of tools name passages, and read on in their sources.</summary>
/// <remarks>An id is a passage's key, after its collection and <c>/</c> where the collection is known. It is never a path or an address.</remarks>
public static class PassageId
{
    private const char Separator = '/';

    /// <summary>The id of a passage.</summary>
    /// <param name="passage">The passage.</param>
    /// <exception cref="ArgumentNullException"><paramref name="passage"/> is null.</exception>
    public static string Of(RetrievedPassage passage)
    {
        ArgumentNullException.ThrowIfNull(passage);
        return passage.Collection is { } collection ? $"{collection}{Separator}{passage.Key}" : passage.Key;
    }

    /// <summary>Reads the source of the passage with an id.</summary>
    /// <param name="reader">Reads sources.</param>
    /// <param name="id">The id; white space around it does not count.</param>
    /// <param name="options">Options of this request, of which the filter holds. Null means the retriever's defaults.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>The source, or null where no passage that the filter lets through has this id.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> or <paramref name="id"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<SourceText?> ReadSourceByIdAsync(
        this ISourceReader reader, string id, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(id);
        if (string.IsNullOrWhiteSpace(id))
        {
            return null;
        }

        foreach ((string? collection, string key) in Readings(id.Trim()))
        {
            if (await reader.ReadSourceAsync(key, collection, options, cancellationToken).ConfigureAwait(false) is { } source)
            {
                return source;
            }
        }

        return null;
    }

    /// <summary>The collection, null for any, and the key. A collection's name may hold the separator, a key too: the first reading that gives a passage counts.</summary>
    private static IEnumerable<(string? Collection, string Key)> Readings(string id)
    {
        for (int at = id.IndexOf(Separator, StringComparison.Ordinal); at > 0 && at < id.Length - 1; at = id.IndexOf(Separator, at + 1))
        {
            yield return (id[..at], id[(at + 1)..]);
        }

        yield return (null, id);
    }
}
