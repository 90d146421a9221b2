namespace LocalRetrieval.Rag;

/// <summary>The start of a document, by which its format is told.</summary>
/// <remarks>Used while its stream is open, by one thread at a time.</remarks>
public sealed class DocumentSample
{
    /// <summary>The most bytes of <see cref="Start"/>.</summary>
    public const int MaxLength = 4096;

    private readonly Stream _stream;
    private IReadOnlyList<string>? _zipEntries;

    internal DocumentSample(string source, ReadOnlyMemory<byte> start, Stream stream)
    {
        Source = source;
        Start = start;
        _stream = stream;
    }

    /// <summary>The document's name.</summary>
    public string Source { get; }

    /// <summary>The first bytes, at most <see cref="MaxLength"/>.</summary>
    public ReadOnlyMemory<byte> Start { get; }

    /// <summary>The names of what a ZIP archive holds, at most a thousand; empty for any other document, and for a broken archive.</summary>
    public IReadOnlyList<string> ZipEntries => _zipEntries ??= Start.Span.StartsWith("PK\u0003\u0004"u8) ? ReadZipEntries() : [];

    /// <summary>The sample of a document, whose stream is at its start again.</summary>
    internal static async Task<DocumentSample> TakeAsync(string source, Stream stream, CancellationToken cancellationToken)
    {
        byte[] start = new byte[MaxLength];
        stream.Position = 0;
        int length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        stream.Position = 0;
        return new DocumentSample(source, start.AsMemory(0, length), stream);
    }

    private string[] ReadZipEntries()
    {
        try
        {
            return [.. ZipDirectory.Read(_stream).Take(1000).Select(entry => entry.Name)];
        }
        catch (InvalidDataException)
        {
            // Not to be told apart; the reader that its ending chooses says what is broken.
            return [];
        }
        finally
        {
            _stream.Position = 0;
        }
    }
}
