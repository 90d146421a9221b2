using LocalRetrieval.Documents.Parsing;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>
/// Reads PDF files: columns in the order they are read in, headings by outline, tags, size and weight, lists, tables, code and footnotes;
/// blocks know their pages.
/// </summary>
/// <remarks>
/// <para>Running heads, running feet and page numbers are left out, words that are divided at the end of a line are joined, and a paragraph
/// that runs over the end of a page is one, on its first page. A page that cannot be read, and one that is a picture without text, is a
/// warning.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class PdfReader : IDocumentReader
{
    // Parts of a PDF may lie in each other to a depth that a usual stack does not hold.
    private const int StackSize = 256 << 20;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private PdfReader()
    {
    }

    /// <summary>The reader.</summary>
    public static PdfReader Instance { get; } = new();

    /// <inheritdoc />
    public ReaderFormat Format { get; } = new()
    {
        Name = "PDF",
        Extensions = [".pdf"],
        Matches = sample => sample.Start.Span[..Math.Min(1024, sample.Start.Length)].IndexOf("%PDF-"u8) >= 0,
    };

    /// <inheritdoc />
    public async Task<DocumentContent> ReadAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(context);
        byte[] bytes = await ReadBytesAsync(stream, context, cancellationToken).ConfigureAwait(false);
        TaskCompletionSource<DocumentContent> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() => Read(bytes, context, result, cancellationToken), StackSize) { IsBackground = true, Name = nameof(PdfReader) };
        thread.Start();

        // A page cannot be left half-way: the caller goes on at once, and the thread ends at its next look.
        TimeSpan limit = context.Options.MaxDuration < LongestWait ? context.Options.MaxDuration : LongestWait;
        try
        {
            return await result.Task.WaitAsync(limit, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw ParsingGuard.TooLong(context);
        }
    }

    private static void Read(byte[] bytes, DocumentContext context, TaskCompletionSource<DocumentContent> result, CancellationToken cancellationToken)
    {
        try
        {
            result.SetResult(DocumentParser.Read(bytes, context, cancellationToken));
        }
        catch (OperationCanceledException exception)
        {
            result.SetCanceled(exception.CancellationToken);
        }
        catch (InvalidDataException exception)
        {
            result.SetException(exception);
        }
        catch (Exception exception)
        {
            result.SetException(PdfFile.Broken(context, $" {PdfFile.FirstLine(exception.Message)}", exception));
        }
    }

    private static async Task<byte[]> ReadBytesAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken)
    {
        long limit = Math.Min(context.Options.MaxBytes, Array.MaxLength);
        using MemoryStream bytes = new();
        byte[] buffer = new byte[128 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (bytes.Length + read > limit)
            {
                throw new InvalidDataException(
                    $"'{context.Source}' has more bytes than {nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.MaxBytes)}, "
                        + $"{context.Options.MaxBytes}, allows. Raise the limit if you trust the file.");
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
