using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>Opens Office files that nobody vouches for.</summary>
internal static class OfficePackage
{
    private const int SearchedBytes = 1 << 20;

    // Nothing is written back.
    private static readonly OpenSettings Settings = new() { AutoSave = false };

    /// <summary>Checks a file, opens it, and reads it.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="context">Its name and limits.</param>
    /// <param name="open">Opens it by the library.</param>
    /// <param name="read">Reads what was opened.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="InvalidDataException">It is encrypted, of the old binary format, broken, or beyond a limit; the message names it.</exception>
    public static async Task<DocumentContent> ReadAsync<TPackage>(
        Stream stream, DocumentContext context, Func<Stream, OpenSettings, TPackage> open, Func<TPackage, DocumentContent> read, CancellationToken cancellationToken)
        where TPackage : OpenXmlPackage
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(context);
        await CheckAsync(stream, context, cancellationToken).ConfigureAwait(false);
        return Guard(context, () =>
        {
            using TPackage package = open(stream, Settings);
            return read(package);
        });
    }

    /// <summary>Refuses what is no ZIP of XML within the limits.</summary>
    private static async Task CheckAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken)
    {
        byte[] start = new byte[8];
        int length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        stream.Position = 0;
        if (IsCompoundFile(start.AsSpan(0, length)))
        {
            throw new InvalidDataException(await IsEncryptedAsync(stream, cancellationToken).ConfigureAwait(false)
                ? $"'{context.Source}' is protected by a password. Save it without one."
                : $"'{context.Source}' is of the binary format before Office 2007. Save it as .docx, .pptx or .xlsx.");
        }

        await DocumentArchive.CheckAsync(stream, context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Names the document in what the library throws at broken files.</summary>
    private static T Guard<T>(DocumentContext context, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is OpenXmlPackageException or XmlException or FormatException
            or InvalidOperationException or ArgumentException or KeyNotFoundException or NullReferenceException or IndexOutOfRangeException
            || (exception is InvalidDataException && !exception.Message.StartsWith($"'{context.Source}'", StringComparison.Ordinal)))
        {
            throw new InvalidDataException($"'{context.Source}' is broken: {exception.Message} Open it in its application and save it anew.", exception);
        }
    }

    private static bool IsCompoundFile(ReadOnlySpan<byte> start) =>
        start is [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static async Task<bool> IsEncryptedAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[(int)Math.Min(stream.Length, SearchedBytes)];
        int length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return bytes.AsSpan(0, length).IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0;
    }
}
