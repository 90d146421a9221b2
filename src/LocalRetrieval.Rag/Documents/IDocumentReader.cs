namespace LocalRetrieval.Rag;

/// <summary>Makes text with headings and blocks of the bytes of one kind of document.</summary>
/// <remarks>Implementations are safe for concurrent use, fetch nothing and run nothing that a document says.</remarks>
public interface IDocumentReader
{
    /// <summary>What it reads, and how that is told.</summary>
    ReaderFormat Format { get; }

    /// <summary>Reads a document.</summary>
    /// <param name="stream">The document's bytes, which can be sought in; it stays the caller's to dispose.</param>
    /// <param name="context">The document's name, and what it may cost.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>What its reader sees; the same for the same bytes, always.</returns>
    /// <exception cref="InvalidDataException">The document cannot be read, or is beyond a limit; the message names it, the place and what to do.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<DocumentContent> ReadAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default);
}
