using LocalRetrieval.Documents;
using LocalRetrieval.Rag;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;
using WebRag.Documents;
using WebRag.Sessions;
using WebRag.Settings;

namespace WebRag.Uploads;

/// <summary>Indexes the files of visitors in the background, a few at a time, and takes them out again.</summary>
internal sealed partial class UploadIndexing(
    Library library,
    [FromKeyedServices(UploadIndexing.IndexerKey)] PassageIndexer indexer,
    IOptions<WebRagOptions> options,
    IHostApplicationLifetime lifetime,
    ILogger<UploadIndexing> logger) : IDisposable
{
    public const string IndexerKey = "uploads";

    private readonly SemaphoreSlim _turns = new(options.Value.ConcurrentUploads);
    private long _waitingBytes;

    /// <summary>Which formats files may have, by their content, and how much reading one may cost.</summary>
    public static void Configure(PassageIndexerOptions options)
    {
        options.Readers = new DocumentReaders([PdfReader.Instance, WordReader.Instance, HtmlReader.Instance, MarkdownReader.Instance, PlainTextReader.Instance]);
        options.Reading = new DocumentReadingOptions { MaxExpandedBytes = 64 << 20, MaxDuration = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Starts to index a file, after the visitor's other ones.</summary>
    public void Start(Session session, Upload upload, ArraySegment<byte> content) => upload.Indexing = session.LineUp(before => RunAsync(upload, content, before));

    /// <summary>Takes room for a file that is to be received; <see cref="Release"/> gives it back. False where all visitors' files together would be too large.</summary>
    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _waitingBytes, bytes) <= options.Value.MaxWaitingBytes)
        {
            return true;
        }

        Release(bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref _waitingBytes, -bytes);

    /// <summary>Takes out a file that no session has any more, whatever it was doing.</summary>
    public async Task DeleteAsync(Upload upload, CancellationToken cancellationToken)
    {
        await upload.CancelAsync();
        await PassageIndexer.DeleteSourceAsync(await library.OpenAsync(cancellationToken), upload.Source, cancellationToken);
        upload.Dispose();
    }

    public void Dispose() => _turns.Dispose();

    private async Task RunAsync(Upload upload, ArraySegment<byte> content, Task before)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(upload.Unwanted, lifetime.ApplicationStopping);
        try
        {
            await before.WaitAsync(ending.Token);
            await _turns.WaitAsync(ending.Token);
            try
            {
                upload.Status = new UploadStatus { State = UploadState.Indexing };
                upload.Status = await IndexAsync(upload, content, ending.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            upload.Status = Refused("It was taken back.");
        }
        catch (Exception exception)
        {
            LogFailure(exception.GetType().Name);
            upload.Status = Refused("It could not be indexed, and the reason is not in the file. Try again.");
        }
        finally
        {
            Release(content.Count);
        }
    }

    private async Task<UploadStatus> IndexAsync(Upload upload, ArraySegment<byte> content, CancellationToken cancellationToken)
    {
        VectorStoreCollection<string, Passage> collection = await library.OpenAsync(cancellationToken);
        SourceDocument document = SourceDocument.FromStream(upload.Source, _ => Task.FromResult<Stream>(new MemoryStream(content.Array!, content.Offset, content.Count, writable: false)));
        int passages = 0;
        IndexingResult result = await indexer.IndexAsync(
            collection, [document], new Progress(progress => passages = progress.Passages), cancellationToken);
        return result switch
        {
            { Failures: [var failure, ..] } => Refused(Sentence(upload, failure.Error.Message)),
            { Skipped: [var skipped, ..] } => Refused(Sentence(upload, skipped.Reason)),
            { Empty: [_, ..] } => Refused(UnreadFile.NoText),
            _ => new UploadStatus { State = UploadState.Ready, Passages = passages },
        };
    }

    /// <summary>A reason with the name that the visitor knows, and without what is for whoever runs the application.</summary>
    private static string Sentence(Upload upload, string message) =>
        message.Contains(nameof(DocumentReadingOptions), StringComparison.Ordinal) ? $"'{upload.Name}' is too large to be read: it holds more than this server unpacks."
        : message.Replace(upload.Source, upload.Name, StringComparison.Ordinal).Replace(" Leave it out, or add a reader for it.", "", StringComparison.Ordinal);

    private static UploadStatus Refused(string reason) => new() { State = UploadState.Refused, Reason = reason };

    // The message of an exception may hold text of the file.
    [LoggerMessage(LogLevel.Error, "A file could not be indexed: {Type}.")]
    private partial void LogFailure(string type);

    private sealed class Progress(Action<IndexingProgress> report) : IProgress<IndexingProgress>
    {
        public void Report(IndexingProgress value) => report(value);
    }
}
