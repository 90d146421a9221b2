namespace LocalRetrieval.Rag;

/// <summary>A reader of a format that is text.</summary>
/// <remarks>Implementations are safe for concurrent use.</remarks>
public abstract class TextDocumentReader : IDocumentReader
{
    /// <inheritdoc />
    public abstract ReaderFormat Format { get; }

    /// <summary>Finds the sections and blocks of a text.</summary>
    /// <param name="text">The whole text. A byte order mark at its start counts in offsets, and is no content.</param>
    /// <param name="context">The document's name, and what it may cost; null for a text without a name, and the default limits.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="InvalidDataException">The text cannot be read, or is beyond a limit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public DocumentContent Read(string text, DocumentContext? context = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ReadText(text, context ?? new DocumentContext("text"), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<DocumentContent> ReadAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(context);
        byte[] bytes = await BoundedCopy.ReadBytesAsync(stream, context.Options.MaxBytes, context.Source, cancellationToken).ConfigureAwait(false);
        return ReadText(TextDecoder.Decode(bytes, context.Source, context.Options.Encoding), context, cancellationToken);
    }

    /// <summary>Finds the sections and blocks of a text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="context">The document's name, and what it may cost.</param>
    /// <param name="cancellationToken">Ends the reading early; asked at least every half second.</param>
    protected abstract DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken);
}
