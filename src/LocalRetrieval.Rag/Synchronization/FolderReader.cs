namespace LocalRetrieval.Rag;

/// <summary>Lists what a synchronisation has to hold a scope against.</summary>
internal static class FolderReader
{
    /// <summary>Lists the documents of a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static FolderListing Read(string folder, string prefix, CancellationToken cancellationToken)
    {
        List<FolderFile> files = [];
        Dictionary<string, Exception> failures = new(StringComparer.Ordinal);
        foreach (SourceDocument document in SourceDocument.FromFolder(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = document.FilePath!;
            string source = prefix + document.Source;
            try
            {
                files.Add(new FolderFile(SourceDocument.FromFile(path, source), FileStamp.Of(path), () => FileStamp.Of(path)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                failures[source] = exception;
            }
        }

        return new FolderListing { Files = files, Failures = failures };
    }
}
