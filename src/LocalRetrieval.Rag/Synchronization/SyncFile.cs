namespace LocalRetrieval.Rag;

/// <summary>A file that a synchronisation found.</summary>
/// <param name="Document">The document in it, under the name of its source.</param>
/// <param name="Stamp">Its length and time when it was found.</param>
/// <param name="Look">Gives them anew.</param>
internal sealed record SyncFile(SourceDocument Document, FileStamp Stamp, Func<FileStamp> Look);
