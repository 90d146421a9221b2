namespace LocalRetrieval.Rag;

/// <summary>The names of the collections of one retriever.</summary>
internal static class CollectionNames
{
    /// <exception cref="ArgumentException">There are none, one is blank, or two are alike, so that a passage could not say which it is of.</exception>
    public static void ThrowIfUnfit(string[] names, string parameter)
    {
        if (names.Length == 0)
        {
            throw new ArgumentException("There is no collection to retrieve from. Name one at least.", parameter);
        }

        if (Array.Exists(names, string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("A collection has no name, and passages say by it which they are of.", parameter);
        }

        if (names.GroupBy(name => name).FirstOrDefault(alike => alike.Count() > 1)?.Key is { } twice)
        {
            throw new ArgumentException($"Two collections are named '{twice}', so that passages could not say which they are of. Give each another name.", parameter);
        }
    }
}
