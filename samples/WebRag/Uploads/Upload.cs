namespace WebRag.Uploads;

/// <summary>A file that a visitor sent.</summary>
/// <remarks>Safe for concurrent use: its state is replaced as a whole.</remarks>
internal sealed class Upload(string id, string name, long reserved) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private long _bytes = reserved;
    private volatile UploadStatus _status = new() { State = UploadState.Waiting };

    public string Id => id;

    /// <summary>The file's name, without a path.</summary>
    public string Name => name;

    /// <summary>Its size; until it was received, the greatest that it may have.</summary>
    public long Bytes
    {
        get => Interlocked.Read(ref _bytes);
        set => Interlocked.Exchange(ref _bytes, value);
    }

    /// <summary>The name under which it is indexed.</summary>
    public string Source { get; } = UploadSource.Create(id, name);

    public UploadStatus Status
    {
        get => _status;
        set => _status = value;
    }

    /// <summary>Ends when the file is indexed or refused; it never fails.</summary>
    public Task Indexing { get; set; } = Task.CompletedTask;

    /// <summary>Is cancelled when the file is no longer wanted.</summary>
    public CancellationToken Unwanted => _cancellation.Token;

    /// <summary>Ends its indexing.</summary>
    public async Task CancelAsync()
    {
        await _cancellation.CancelAsync();
        await Indexing;
    }

    public void Dispose() => _cancellation.Dispose();
}
