using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>A document to index: a name and a text, which may be a file that is read only when it is its turn.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class SourceDocument
{
    private readonly Func<CancellationToken, Task<Stream>> _open;

    /// <summary>A document whose text is at hand.</summary>
    /// <param name="source">Its name: a path, a URI or any name that tells it from the other documents of its collection.</param>
    /// <param name="text">Its text; the passages' offsets refer to it as it is.</param>
    /// <param name="reader">Reads it; null leaves the choice to the indexer, see <see cref="Reader"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> is null, empty or white space, or has a lone surrogate; the message says where.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public SourceDocument(string source, string text, IDocumentReader? reader = null)
        : this(source, reader, _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false)))
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
    }

    private SourceDocument(string source, IDocumentReader? reader, Func<CancellationToken, Task<Stream>> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        LoneSurrogates.ThrowIfInName(source);
        Source = source;
        Reader = reader;
        _open = open;
    }

    /// <summary>The document's name.</summary>
    public string Source { get; }

    /// <summary>Reads the document.</summary>
    /// <value>Null where the indexer chooses among its readers, by the document's content and then by the ending of its name.</value>
    public IDocumentReader? Reader { get; }

    /// <summary>What is said of the document in code, before what it says of itself.</summary>
    /// <value>The default is <see cref="DocumentMetadata.None"/>; <see cref="WithMetadata"/> sets it.</value>
    public DocumentMetadata Metadata { get; private set; } = DocumentMetadata.None;

    /// <summary>The text, where it was at hand.</summary>
    internal string? Text { get; }

    /// <summary>The file, where it is one.</summary>
    internal string? FilePath { get; private init; }

    /// <summary>Who says that it is to be read.</summary>
    internal DocumentOrigin Origin { get; private init; }

    /// <summary>Why it is no document although it lies in a folder of them; null for any other.</summary>
    internal string? Refusal { get; private init; }

    /// <summary>A document whose bytes are opened when it is its turn: a blob, a row, a part of an archive.</summary>
    /// <param name="source">The document's name.</param>
    /// <param name="open">Opens its bytes, each time from their start. The stream is disposed by who reads it; one that cannot seek is copied.</param>
    /// <param name="reader">Reads it; null leaves the choice to the indexer.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> is null, empty or white space, or has a lone surrogate.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="open"/> is null.</exception>
    public static SourceDocument FromStream(string source, Func<CancellationToken, Task<Stream>> open, IDocumentReader? reader = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new SourceDocument(source, reader, open);
    }

    /// <summary>A document in a file, which is opened when it is its turn.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">The document's name; null takes <paramref name="path"/> as it is.</param>
    /// <param name="reader">Reads it; null leaves the choice to the indexer.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or white space, or <paramref name="source"/> is empty or white space; or the name has a lone surrogate.</exception>
    public static SourceDocument FromFile(string path, string? source = null, IDocumentReader? reader = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string file = Path.GetFullPath(path);
        return new SourceDocument(
            source ?? path, reader, _ => Task.FromResult<Stream>(OpenFile(file)))
        {
            FilePath = file,
        };
    }

    /// <summary>
    /// The documents in a folder and the folders below, named by their path from <paramref name="folder"/> with <c>/</c> between
    /// its parts, and ordered by it ordinally.
    /// </summary>
    /// <remarks>
    /// What is left out by default says <see cref="FolderOptions"/>: hidden files and folders, .git, node_modules, what a build makes, and links
    /// that lead out of the folder. Such a link, or one that leads nowhere, and a pipe are documents that a run skips, and a folder below that cannot
    /// be read is one that fails when it is opened, so that the run reports them.
    /// </remarks>
    /// <param name="folder">The folder.</param>
    /// <param name="patterns">File names to take, such as <c>*.md</c>, without regard to case; none means every file, of which the indexer skips those that no reader claims.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null, empty or white space, or a pattern is.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static IReadOnlyList<SourceDocument> FromFolder(string folder, params IReadOnlyList<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return FromFolder(folder, new FolderOptions { Include = patterns });
    }

    /// <summary>The documents in a folder and the folders below, as <see cref="FromFolder(string, IReadOnlyList{string})"/> gives them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">What to take and what to leave out.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null, empty or white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static IReadOnlyList<SourceDocument> FromFolder(string folder, FolderOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(options);
        FolderContents contents = FolderWalk.Run(folder, options, cancellationToken);
        return
        [
            .. contents.Files.Select(file => FromFolder(file, options))
                .Concat(contents.Failures.Select(failure => new SourceDocument(failure.Name, reader: null, _ => Task.FromException<Stream>(failure.Error))))
                .Concat(contents.Skipped.Select(skipped => new SourceDocument(skipped.Source, reader: null, _ => Task.FromResult(Stream.Null)) { Origin = DocumentOrigin.Found, Refusal = skipped.Reason }))
                .OrderBy(document => document.Source, StringComparer.Ordinal),
        ];
    }

    /// <summary>A document that a folder holds.</summary>
    internal static SourceDocument FromFolder(FolderFile file, FolderOptions options) => new(file.Name, reader: null, _ => Task.FromResult<Stream>(OpenFile(file.Path)))
    {
        FilePath = file.Path,
        Origin = options.Include.Count > 0 ? DocumentOrigin.Selected : DocumentOrigin.Found,
    };

    /// <summary>The document with metadata of its own: tags, an author, the owner of a file that says nothing of itself.</summary>
    /// <remarks>
    /// What is said here comes before what the document says of itself. Its own title, author, language and so on count where nothing is said here, and its tags follow those given here.
    /// Its properties follow too, but those of a key that is given here: a document cannot set <c>tenant=…</c> where the application does. The text and its headings stay as they are.
    /// Other metadata of a document that was indexed before is written without embedding it anew.
    /// </remarks>
    /// <param name="metadata">What is said of the document, in place of what was said in code before. It is copied.</param>
    /// <returns>A copy; this document stays as it is.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="metadata"/> is null.</exception>
    /// <exception cref="ArgumentException">A tag is null, empty or white space, or a property is not written <c>key=value</c>; the message says which.</exception>
    public SourceDocument WithMetadata(DocumentMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        SourceDocument copy = (SourceDocument)MemberwiseClone();
        copy.Metadata = metadata.Checked();
        return copy;
    }

    /// <summary>The document's own text, for a format that is text.</summary>
    /// <remarks>
    /// A file is decoded by its byte order mark; or as UTF-16 or UTF-32 where NULs stand as theirs do; or as UTF-8; or as Windows-1252 where
    /// that makes words of it. The mark is no part of the text, so offsets count from behind it.
    /// </remarks>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file has bytes that are no text, or is too long; the message names the file and the place.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ValueTask<string> ReadTextAsync(CancellationToken cancellationToken = default) => ReadTextAsync(options: null, cancellationToken);

    /// <summary>The document's own text, for a format that is text, decoded as <see cref="ReadTextAsync(CancellationToken)"/> does.</summary>
    /// <param name="options">The encoding of a text that is not marked and is no UTF-8, and how long it may be; null means the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file has bytes that are no text, or is too long; the message names the file and the place.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<string> ReadTextAsync(DocumentReadingOptions? options, CancellationToken cancellationToken = default)
    {
        if (Text is not null)
        {
            return Text;
        }

        options ??= new DocumentReadingOptions();
        Stream stream = await _open(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            string name = FilePath ?? Source;
            byte[] bytes = await BoundedCopy.ReadBytesAsync(stream, options.MaxBytes, name, cancellationToken).ConfigureAwait(false);
            return TextDecoder.Decode(bytes, name, options.Encoding);
        }
    }

    /// <summary>The document's bytes, from their start, in a stream that can seek.</summary>
    /// <exception cref="InvalidDataException">The stream cannot seek, and has more than <paramref name="maxBytes"/>.</exception>
    internal async Task<Stream> OpenAsync(long maxBytes, CancellationToken cancellationToken)
    {
        Stream stream = await _open(cancellationToken).ConfigureAwait(false);
        if (stream.CanSeek)
        {
            return stream;
        }

        await using (stream.ConfigureAwait(false))
        {
            return await BoundedCopy.ReadAsync(stream, maxBytes, Source, cancellationToken).ConfigureAwait(false);
        }
    }

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024, useAsync: true);
}
