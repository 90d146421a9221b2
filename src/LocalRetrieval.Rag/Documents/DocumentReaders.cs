namespace LocalRetrieval.Rag;

/// <summary>The readers of an application, and the choice among them: by a document's content, then by the ending of its name.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class DocumentReaders
{
    private readonly IDocumentReader[] _readers;

    /// <summary>A choice among <paramref name="readers"/>.</summary>
    /// <param name="readers">The readers; where several can read a document, the last is taken.</param>
    /// <exception cref="ArgumentNullException"><paramref name="readers"/> is null.</exception>
    public DocumentReaders(IEnumerable<IDocumentReader> readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        _readers = [.. readers.Reverse()];
    }

    /// <summary>The readers of this package.</summary>
    public static DocumentReaders Default { get; } = new(
    [
        PlainTextReader.Instance,
        MarkdownReader.Instance,
        SourceCodeReader.Instance,
        TabularReader.Instance,
        JsonDocumentReader.Instance,
        JsonLinesReader.Instance,
        NotebookReader.Instance,
    ]);

    /// <summary>The formats that can be read.</summary>
    public IReadOnlyList<DocumentFormat> Formats => Array.ConvertAll(_readers, reader => reader.Format);

    /// <summary>Reads a document, by its own reader or the one that fits it.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">What reading may cost; null means the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>What its reader sees: the text that passages cite, with their ranges where <see cref="DocumentContent.Map"/> is null.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="document"/> is null.</exception>
    /// <exception cref="InvalidDataException">The document cannot be read, or is beyond a limit.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public async Task<DocumentContent> ReadAsync(SourceDocument document, DocumentReadingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        DocumentContext context = new(document.Source, options) { Readers = this };
        if (document.Text is { } text && (document.Reader ?? ByEnding(document.Source) ?? PlainTextReader.Instance) is TextDocumentReader reader)
        {
            return reader.Read(text, context, cancellationToken);
        }

        Stream stream = await document.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await ReadAsync(document, stream, context, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DocumentContent> ReadAsync(SourceDocument document, Stream stream, DocumentContext context, CancellationToken cancellationToken)
    {
        IDocumentReader reader = document.Reader ?? await ChooseAsync(document.Source, stream, cancellationToken).ConfigureAwait(false) ?? PlainTextReader.Instance;
        return await reader.ReadAsync(stream, context, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IDocumentReader?> ChooseAsync(string source, Stream stream, CancellationToken cancellationToken)
    {
        byte[] start = new byte[DocumentSample.MaxLength];
        int length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        stream.Position = 0;
        DocumentSample sample = new(source, start.AsMemory(0, length), stream);
        return Array.Find(_readers, reader => reader.Format.Matches?.Invoke(sample) == true) ?? ByEnding(source);
    }

    private IDocumentReader? ByEnding(string source) =>
        Array.Find(_readers, reader => reader.Format.Extensions.Any(extension => source.EndsWith(extension, StringComparison.OrdinalIgnoreCase)));
}
