using System.IO.Enumeration;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>A document to index: a name and a text, which may be a file that is read only when it is its turn.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class SourceDocument
{
    private static readonly string[] DefaultPatterns = ["*.md", "*.markdown", "*.txt"];

    private static readonly EnumerationOptions EveryFile = new() { RecurseSubdirectories = true, IgnoreInaccessible = false };

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

    /// <summary>The text, where it was at hand.</summary>
    internal string? Text { get; }

    /// <summary>The file, where it is one.</summary>
    internal string? FilePath { get; private init; }

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
            source ?? path, reader, _ => Task.FromResult<Stream>(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024, useAsync: true)))
        {
            FilePath = file,
        };
    }

    /// <summary>
    /// The documents in a folder and the folders below, named by their path from <paramref name="folder"/> with <c>/</c> between
    /// its parts, and ordered by it ordinally. Hidden files and folders are left out.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="patterns">File names to take, such as <c>*.md</c>, without regard to case; none means *.md, *.markdown and *.txt.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null, empty or white space.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<SourceDocument> FromFolder(string folder, params IReadOnlyList<string> patterns)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(patterns);
        IReadOnlyList<string> wanted = patterns.Count == 0 ? DefaultPatterns : patterns;
        string root = Path.GetFullPath(folder);
        return
        [
            .. Directory.EnumerateFiles(root, "*", EveryFile)
                .Where(path => wanted.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path))))
                .Select(path => FromFile(path, Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/')))
                .OrderBy(document => document.Source, StringComparer.Ordinal),
        ];
    }

    /// <summary>The document's own text, for a format that is text.</summary>
    /// <remarks>
    /// A file is read as UTF-8, or as UTF-16 or UTF-32 where its byte order mark says so; the mark is no part of the text, so
    /// offsets count from behind it.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file has bytes that are no text of its encoding; the message names the file and the place.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<string> ReadTextAsync(CancellationToken cancellationToken = default)
    {
        if (Text is not null)
        {
            return Text;
        }

        Stream stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using MemoryStream bytes = new();
            await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            return TextDecoder.Decode(bytes.ToArray(), FilePath ?? Source);
        }
    }

    /// <summary>The document's bytes, from their start, in a stream that can seek.</summary>
    internal async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        Stream stream = await _open(cancellationToken).ConfigureAwait(false);
        if (stream.CanSeek)
        {
            return stream;
        }

        await using (stream.ConfigureAwait(false))
        {
            MemoryStream copy = new();
            await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
            copy.Position = 0;
            return copy;
        }
    }
}
