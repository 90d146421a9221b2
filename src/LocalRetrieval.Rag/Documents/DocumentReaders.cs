namespace LocalRetrieval.Rag;

/// <summary>The readers of an application, and the choice among them: by a document's content, then by the ending of its name.</summary>
/// <remarks>
/// <para>Of several readers that fit, the last is taken. A format's content decides before any ending does; only where a later reader claims the
/// name's ending as well, and does not look at content, is that one taken. Of endings the longest decides.</para>
/// <para>Immutable and safe for concurrent use.</para>
/// </remarks>
public sealed class DocumentReaders
{
    private static readonly Lazy<DocumentReaders> Installed = new(() => new DocumentReaders(InstalledReaders.Create()));

    private readonly IDocumentReader[] _readers;

    /// <summary>A choice among <paramref name="readers"/>.</summary>
    /// <param name="readers">The readers; where several can read a document, the last is taken.</param>
    /// <exception cref="ArgumentNullException"><paramref name="readers"/>, or one of them, is null.</exception>
    public DocumentReaders(IEnumerable<IDocumentReader> readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        _readers = [.. readers.Reverse()];
        foreach (IDocumentReader reader in _readers)
        {
            ArgumentNullException.ThrowIfNull(reader, nameof(readers));
        }
    }

    /// <summary>The readers of this package, and of those packages LocalRetrieval.Documents.Pdf, .Html, .Office and .Mail that the application has.</summary>
    public static DocumentReaders Default => Installed.Value;

    /// <summary>The formats that can be read, the one that is asked first in front.</summary>
    public IReadOnlyList<ReaderFormat> Formats => Array.ConvertAll(_readers, reader => reader.Format);

    /// <summary>These readers and others, which are asked before them.</summary>
    /// <param name="readers">The others; the last is asked first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="readers"/>, or one of them, is null.</exception>
    public DocumentReaders With(params IEnumerable<IDocumentReader> readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        return new DocumentReaders(_readers.Reverse().Concat(readers));
    }

    /// <summary>Reads a document, by its own reader or the one that fits it.</summary>
    /// <remarks>A document that no reader claims is read as plain text where its bytes are text.</remarks>
    /// <param name="document">The document.</param>
    /// <param name="options">What reading may cost; null means the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>What its reader sees: the text that passages cite, with their ranges where <see cref="DocumentContent.Map"/> is null.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="document"/> is null.</exception>
    /// <exception cref="InvalidDataException">The document cannot be read, is beyond a limit, or is of a kind that has no reader.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DocumentContent> ReadAsync(SourceDocument document, DocumentReadingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        OpenedDocument opened = await OpenAsync(document, options, cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            return await opened.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens a document and chooses its reader.</summary>
    /// <exception cref="InvalidDataException">The document is beyond a limit, or a pointer in the place of its content.</exception>
    internal async Task<OpenedDocument> OpenAsync(SourceDocument document, DocumentReadingOptions? options, CancellationToken cancellationToken)
    {
        DocumentContext context = new(document.Source, options) { Readers = this };
        return await ReadingDeadline.RunAsync(context, token => OpenWithinAsync(document, context, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<OpenedDocument> OpenWithinAsync(SourceDocument document, DocumentContext context, CancellationToken cancellationToken)
    {
        Stream stream = await document.OpenAsync(context.Options.MaxBytes, cancellationToken).ConfigureAwait(false);
        try
        {
            context.ThrowIfLonger(stream.Length);
            ReaderChoice choice = document.Text is null || document.Reader is not null
                ? await ChooseAsync(document, stream, cancellationToken).ConfigureAwait(false)
                : await ChooseForTextAsync(document, stream, cancellationToken).ConfigureAwait(false);
            return new OpenedDocument(document, context, stream, choice);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The reader of what lies in another document, or null.</summary>
    internal async Task<IDocumentReader?> FindAsync(string name, Stream stream, CancellationToken cancellationToken) =>
        Find(await DocumentSample.TakeAsync(name, stream, cancellationToken).ConfigureAwait(false));

    private async Task<ReaderChoice> ChooseAsync(SourceDocument document, Stream stream, CancellationToken cancellationToken)
    {
        if (document.Refusal is not null)
        {
            return new ReaderChoice(document.Refusal);
        }

        DocumentSample sample = await DocumentSample.TakeAsync(document.Source, stream, cancellationToken).ConfigureAwait(false);
        GitLfsPointer.ThrowIfOne(sample.Start.Span, document.Source);
        return (document.Reader ?? Find(sample)) is { } reader
            ? new ReaderChoice(reader)
            : MissingReaders.Explain(sample, document.Origin) is { } refusal ? new ReaderChoice(refusal) : new ReaderChoice(PlainTextReader.Instance);
    }

    // A text at hand is what it is: one that was taken out of report.pdf is no PDF.
    private async Task<ReaderChoice> ChooseForTextAsync(SourceDocument document, Stream stream, CancellationToken cancellationToken)
    {
        if (ByEnding(document.Source) is { } byEnding && (byEnding is TextDocumentReader || byEnding.Format.IsText))
        {
            return new ReaderChoice(byEnding);
        }

        DocumentSample sample = await DocumentSample.TakeAsync(document.Source, stream, cancellationToken).ConfigureAwait(false);
        return new ReaderChoice(ByContent(sample) ?? PlainTextReader.Instance);
    }

    private IDocumentReader? Find(DocumentSample sample)
    {
        IDocumentReader? byContent = ByContent(sample);
        IDocumentReader? byEnding = ByEnding(sample.Source);
        return byContent is not null && !(byEnding is { Format.Matches: null } && IsBefore(byEnding, byContent) && NameEndings.Longest(byContent.Format, sample.Source) > 0)
            ? byContent
            : byEnding;
    }

    private bool IsBefore(IDocumentReader first, IDocumentReader second) => Array.IndexOf(_readers, first) < Array.IndexOf(_readers, second);

    private IDocumentReader? ByContent(DocumentSample sample) => Array.Find(_readers, reader => reader.Format.Matches?.Invoke(sample) == true);

    private IDocumentReader? ByEnding(string source)
    {
        IDocumentReader? best = null;
        int longest = 0;
        foreach (IDocumentReader reader in _readers)
        {
            int length = NameEndings.Longest(reader.Format, source);
            if (length > longest)
            {
                (best, longest) = (reader, length);
            }
        }

        return best;
    }
}
