namespace LocalRetrieval.SemanticKernel;

/// <summary>The id by which a model names a passage: its key, after its collection where that is known.</summary>
internal static class PassageId
{
    private const char Separator = '/';

    public static string Of(RetrievedPassage passage) => passage.Collection is { } collection ? $"{collection}{Separator}{passage.Key}" : passage.Key;

    /// <summary>The collection, null for any, and the key. A collection's name may hold the separator, a key too: the first way that gives a passage counts.</summary>
    public static IEnumerable<(string? Collection, string Key)> Read(string id)
    {
        for (int at = id.IndexOf(Separator, StringComparison.Ordinal); at > 0 && at < id.Length - 1; at = id.IndexOf(Separator, at + 1))
        {
            yield return (id[..at], id[(at + 1)..]);
        }

        yield return (null, id);
    }
}
