using System.IO.Enumeration;

namespace LocalRetrieval.Rag;

/// <summary>A document to index: a name and a text, which may be a file that is read only when it is its turn.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class SourceDocument
{
    private static readonly string[] DefaultPatterns = ["*.md", "*.markdown", "*.txt"];

    private static readonly EnumerationOptions EveryFile = new() { RecurseSubdirectories = true, IgnoreInaccessible = false };

    private readonly string? _text;
    private readonly string? _path;

    /// <summary>A document whose text is at hand.</summary>
    /// <param name="source">Its name: a path, a URI or any name that tells it from the other documents of its collection.</param>
    /// <param name="text">Its text; the passages' offsets refer to it as it is.</param>
    /// <param name="reader">Finds its sections; null chooses by the ending of <paramref name="source"/>, see <see cref="Reader"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> is null, empty or white space, or has a lone surrogate; the message says where.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public SourceDocument(string source, string text, IDocumentReader? reader = null)
        : this(source, reader, text, path: null) => ArgumentNullException.ThrowIfNull(text);

    private SourceDocument(string source, IDocumentReader? reader, string? text, string? path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        LoneSurrogates.ThrowIfInName(source);
        Source = source;
        Reader = reader ?? ReaderFor(source);
        _text = text;
        _path = path;
    }

    /// <summary>The document's name.</summary>
    public string Source { get; }

    /// <summary>Finds the document's sections.</summary>
    /// <value>Unless given, <see cref="MarkdownReader"/> for names that end in .md or .markdown, and <see cref="PlainTextReader"/> for others.</value>
    public IDocumentReader Reader { get; }

    /// <summary>A document in a file, which is read by <see cref="ReadTextAsync"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">The document's name; null takes <paramref name="path"/> as it is.</param>
    /// <param name="reader">Finds its sections; null chooses by the file's ending.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or white space, or <paramref name="source"/> is empty or white space; or the name has a lone surrogate.</exception>
    public static SourceDocument FromFile(string path, string? source = null, IDocumentReader? reader = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new SourceDocument(source ?? path, reader ?? ReaderFor(path), text: null, Path.GetFullPath(path));
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

    /// <summary>The document's text.</summary>
    /// <remarks>
    /// A file is read as UTF-8, or as UTF-16 or UTF-32 where its byte order mark says so; the mark is no part of the text, so
    /// offsets count from behind it.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file has bytes that are no text of its encoding; the message names the file and the place.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<string> ReadTextAsync(CancellationToken cancellationToken = default) =>
        _text ?? TextDecoder.Decode(await File.ReadAllBytesAsync(_path!, cancellationToken).ConfigureAwait(false), _path!);

    private static IDocumentReader ReaderFor(string source) =>
        source.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || source.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase)
            ? MarkdownReader.Instance
            : PlainTextReader.Instance;
}
