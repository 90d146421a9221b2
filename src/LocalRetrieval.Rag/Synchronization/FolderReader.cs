namespace LocalRetrieval.Rag;

/// <summary>Lists what a synchronisation has to hold a scope against.</summary>
internal static class FolderReader
{
    /// <summary>Lists the documents of a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FolderListing Read(string folder, SyncOptions options, CancellationToken cancellationToken)
    {
        FolderContents contents = FolderWalk.Run(folder, options.Folder, cancellationToken);
        Dictionary<string, Exception> failures = new(StringComparer.Ordinal);
        foreach (FolderFailure failure in contents.Failures)
        {
            failures[options.SourcePrefix + failure.Name.TrimEnd('/')] = failure.Error;
        }

        return new FolderListing
        {
            Files = [.. contents.Files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => ToFile(file, options))],
            Failures = failures,
            Skipped = [.. contents.Skipped.Select(skipped => skipped with { Source = options.SourcePrefix + skipped.Source })],
        };
    }

    private static SyncFile ToFile(FolderFile file, SyncOptions options) => new(
        SourceDocument.FromFolder(file with { Name = options.SourcePrefix + file.Name }, options.Folder),
        new FileStamp(file.Length, file.LastWriteTime.Ticks),
        () => FileStamp.Of(file.Path));
}
