namespace LocalRetrieval.Rag;

/// <summary>What a reader is told of a document besides its bytes.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class DocumentContext
{
    /// <summary>What stands between the name of a document and that of one in it.</summary>
    internal const string NestedIn = " > ";

    /// <summary>The context of a document.</summary>
    /// <param name="source">The document's name, for messages.</param>
    /// <param name="options">What reading may cost; null means the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> is null, empty or white space.</exception>
    public DocumentContext(string source, DocumentReadingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        Source = source;
        Options = new DocumentReadingOptions(options ?? new DocumentReadingOptions());
    }

    /// <summary>The document's name.</summary>
    public string Source { get; }

    /// <summary>What reading may cost.</summary>
    public DocumentReadingOptions Options { get; }

    /// <summary>The readers of what a document holds in itself, such as a mail's attachments.</summary>
    public DocumentReaders Readers { get; init; } = DocumentReaders.Default;

    /// <summary>How many documents this one lies in.</summary>
    public int Depth { get; init; }

    /// <summary>What this document, those it lies in and those that lie in it have cost together.</summary>
    internal ReadingCost Cost { get; private init; } = new();

    /// <summary>Counts parts of the document: entries of an archive, pages, slides, attachments.</summary>
    /// <param name="count">How many more there are.</param>
    /// <exception cref="InvalidDataException">There are more than <see cref="DocumentReadingOptions.MaxParts"/>, those of documents within each other together.</exception>
    public void CountParts(int count = 1)
    {
        if (Cost.AddParts(count) > Options.MaxParts)
        {
            throw Beyond($"has more than {Options.MaxParts} parts", nameof(Options.MaxParts));
        }
    }

    /// <summary>Counts bytes that came of the document by expanding it.</summary>
    /// <param name="bytes">How many more there are.</param>
    /// <exception cref="InvalidDataException">There are more than <see cref="DocumentReadingOptions.MaxExpandedBytes"/>, those of documents within each other together.</exception>
    public void CountExpanded(long bytes)
    {
        if (Cost.AddExpanded(bytes) > Options.MaxExpandedBytes)
        {
            throw Beyond($"expands to more than {Options.MaxExpandedBytes} bytes", nameof(Options.MaxExpandedBytes));
        }
    }

    /// <summary>Refuses elements that are nested too deep.</summary>
    /// <param name="depth">How deep an element lies.</param>
    /// <exception cref="InvalidDataException">It is more than <see cref="DocumentReadingOptions.MaxDepth"/>.</exception>
    public void ThrowIfDeeper(int depth)
    {
        if (depth > Options.MaxDepth)
        {
            throw Beyond($"has elements in each other more than {Options.MaxDepth} deep", nameof(Options.MaxDepth));
        }
    }

    /// <summary>A stream over bytes that come of the document by expanding it, which counts what is read.</summary>
    /// <param name="expanded">The stream; it is disposed with the one that is returned.</param>
    /// <returns>A stream that throws an <see cref="InvalidDataException"/> as soon as more than <see cref="DocumentReadingOptions.MaxExpandedBytes"/> came out.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="expanded"/> is null.</exception>
    public Stream Bound(Stream expanded)
    {
        ArgumentNullException.ThrowIfNull(expanded);
        return new ExpandedStream(expanded, this);
    }

    /// <summary>Reads what lies in this document, such as a mail's attachment, by the reader that fits it.</summary>
    /// <param name="name">Its name in this document.</param>
    /// <param name="stream">Its bytes, which can be sought in; it stays the caller's to dispose.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>Its content; null where no reader claims it.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidDataException">It cannot be read, or is beyond a limit; a sixteenth of <see cref="DocumentReadingOptions.MaxDepth"/> is how many documents may lie in each other.</exception>
    public async Task<DocumentContent?> ReadNestedAsync(string name, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(stream);
        if (Depth + 1 > Options.MaxDepth / 16)
        {
            throw Beyond($"has documents in each other more than {Options.MaxDepth / 16} deep", nameof(Options.MaxDepth));
        }

        CountParts();
        DocumentContext nested = new(Source + NestedIn + name, Options) { Readers = Readers, Depth = Depth + 1, Cost = Cost };
        nested.ThrowIfLonger(stream.Length);
        return await Readers.FindAsync(name, stream, cancellationToken).ConfigureAwait(false) is { } reader
            ? await reader.ReadAsync(stream, nested, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>Refuses a document of too many bytes.</summary>
    internal void ThrowIfLonger(long bytes)
    {
        if (bytes > Options.MaxBytes)
        {
            throw Beyond($"has more than {Options.MaxBytes} bytes", nameof(Options.MaxBytes));
        }
    }

    /// <summary>The refusal of a document beyond a limit.</summary>
    internal InvalidDataException Beyond(string what, string option) =>
        new($"'{Source}' {what}, which {nameof(DocumentReadingOptions)}.{option} allows at most. Raise it if the document is to be trusted, or leave the document out.");
}
