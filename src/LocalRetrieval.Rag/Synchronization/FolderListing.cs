namespace LocalRetrieval.Rag;

/// <summary>What a synchronisation found in its folder.</summary>
internal sealed class FolderListing
{
    /// <summary>The files to bring into the collection.</summary>
    public required IReadOnlyList<SyncFile> Files { get; init; }

    /// <summary>The folders and files that could not be reached, by the names that their sources would have.</summary>
    public IReadOnlyDictionary<string, Exception> Failures { get; init; } = new Dictionary<string, Exception>();

    /// <summary>What lies in the folder and is no document, with the reason.</summary>
    public IReadOnlyList<SkippedDocument> Skipped { get; init; } = [];

    /// <summary>Whether a source lies where the folder could not be read, so that nothing is known of it.</summary>
    public bool IsUnreadable(string source)
    {
        for (int end = source.Length; end >= 0; end = end > 0 ? source.LastIndexOf('/', end - 1) : -1)
        {
            if (Failures.ContainsKey(source[..end]))
            {
                return true;
            }
        }

        return false;
    }
}
