using System.Buffers;
using System.IO.Compression;
using System.Xml;

namespace LocalRetrieval.Rag;

/// <summary>A ZIP archive in a document, opened only within the document's limits: entries, bytes that come of them, how far they expand, their paths.</summary>
/// <remarks>Used by one thread at a time.</remarks>
public sealed class DocumentArchive : IDisposable
{
    /// <summary>What expands to less is no bomb, however little it takes.</summary>
    private const long SmallLength = 16L << 20;

    /// <summary>What may stand before the first bracket of XML: white space, byte order marks, the zeros of wide characters.</summary>
    private static readonly SearchValues<byte> Padding = SearchValues.Create([0x20, 0x09, 0x0D, 0x0A, 0x00, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF]);

    private readonly ZipArchive _archive;
    private readonly DocumentContext _context;

    private DocumentArchive(ZipArchive archive, DocumentContext context)
    {
        _archive = archive;
        _context = context;
    }

    /// <summary>The names of the entries, in the archive's order.</summary>
    public IEnumerable<string> Names => _archive.Entries.Select(entry => entry.FullName);

    /// <summary>Opens an archive, and refuses one whose directory is beyond a limit before anything is expanded.</summary>
    /// <param name="stream">The archive's bytes, which can be sought in; it stays the caller's to dispose.</param>
    /// <param name="context">The document's name and limits, whose parts the entries are counted as.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidDataException">It is no ZIP archive, is broken, or is beyond a limit.</exception>
    public static DocumentArchive Open(Stream stream, DocumentContext context)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            CheckDirectory(stream, context);
            stream.Position = 0;
            return new DocumentArchive(new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true), context);
        }
        catch (InvalidDataException exception) when (!IsNamed(exception, context))
        {
            throw Broken(exception, context);
        }
    }

    /// <summary>Expands a whole archive once, for libraries that then open it by themselves: the bytes that really come of it are counted, and its XML is held against <see cref="DocumentXml"/>.</summary>
    /// <param name="stream">The archive's bytes, which can be sought in; it stays the caller's to dispose, and is at its start again.</param>
    /// <param name="context">The document's name and limits.</param>
    /// <param name="cancellationToken">Ends the check early.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> or <paramref name="context"/> is null.</exception>
    /// <exception cref="InvalidDataException">It is no ZIP archive, is broken, or is beyond a limit; or its XML has a DTD or is nested too deep.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task CheckAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default)
    {
        using (DocumentArchive archive = Open(stream, context))
        {
            try
            {
                foreach (ZipArchiveEntry entry in archive._archive.Entries)
                {
                    await archive.CheckAsync(entry, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (InvalidDataException exception) when (!IsNamed(exception, context))
            {
                throw Broken(exception, context);
            }
        }

        stream.Position = 0;
    }

    /// <summary>Opens an entry.</summary>
    /// <param name="name">The entry's name.</param>
    /// <returns>Its bytes, in a stream that throws an <see cref="InvalidDataException"/> when more come out than the document may expand to; null where there is no such entry.</returns>
    /// <exception cref="InvalidDataException">The entry is broken or encrypted.</exception>
    public Stream? OpenEntry(string name) => _archive.GetEntry(name) is { } entry ? OpenEntry(entry) : null;

    /// <inheritdoc />
    public void Dispose() => _archive.Dispose();

    private static bool IsNamed(InvalidDataException exception, DocumentContext context) =>
        exception.Message.StartsWith($"'{context.Source}'", StringComparison.Ordinal);

    private static InvalidDataException Broken(InvalidDataException exception, DocumentContext context) =>
        new($"'{context.Source}' is no whole ZIP archive: {exception.Message} Store it anew.", exception);

    private static void CheckDirectory(Stream stream, DocumentContext context)
    {
        long length = 0;
        foreach (ZipEntryInfo entry in ZipDirectory.Read(stream))
        {
            context.CountParts();
            if (Path.IsPathRooted(entry.Name) || entry.Name.Split('/', '\\').Contains(".."))
            {
                throw new InvalidDataException($"'{context.Source}' has an entry '{entry.Name}', which leads out of the archive. Do not trust it.");
            }

            if (entry.Length > context.Options.MaxExpandedBytes - length)
            {
                throw context.Beyond($"expands to more than {context.Options.MaxExpandedBytes} bytes at '{entry.Name}'", nameof(DocumentReadingOptions.MaxExpandedBytes));
            }

            if (entry.Length > SmallLength && entry.Length / context.Options.MaxExpansion > entry.CompressedLength)
            {
                throw context.Beyond(
                    $"has an entry '{entry.Name}' that expands from {entry.CompressedLength} to {entry.Length} bytes, more than {context.Options.MaxExpansion} times",
                    nameof(DocumentReadingOptions.MaxExpansion));
            }

            length += entry.Length;
        }
    }

    private Stream OpenEntry(ZipArchiveEntry entry) => entry.IsEncrypted
        ? throw new InvalidDataException($"'{_context.Source}' has an encrypted entry '{entry.FullName}'. Store it without a password.")
        : _context.Bound(entry.Open());

    private async Task CheckAsync(ZipArchiveEntry entry, CancellationToken cancellationToken)
    {
        Stream stream = OpenEntry(entry);
        await using (stream.ConfigureAwait(false))
        {
            if (IsXml(entry))
            {
                CheckXml(stream, entry.FullName, cancellationToken);
            }
            else
            {
                await stream.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // By its start, since a part of any name may be read as XML.
    private static bool IsXml(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        Span<byte> start = stackalloc byte[256];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        int first = start.IndexOfAnyExcept(Padding);
        return first >= 0 && start[first] == (byte)'<';
    }

    private void CheckXml(Stream stream, string name, CancellationToken cancellationToken)
    {
        try
        {
            using XmlReader reader = DocumentXml.CreateReader(stream, _context);
            for (int nodes = 0; reader.Read(); nodes++)
            {
                if ((nodes & 1023) == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException($"'{_context.Source}' is broken at '{name}': {exception.Message}", exception);
        }
    }
}
