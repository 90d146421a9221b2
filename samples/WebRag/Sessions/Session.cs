using System.Collections.Concurrent;
using WebRag.Chat;
using WebRag.Uploads;

namespace WebRag.Sessions;

/// <summary>One visitor: what was uploaded and asked. Nobody else sees any of it.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Session(string id, DateTimeOffset now, int maxConversations)
{
    private readonly Lock _adding = new();
    private long _lastSeen = now.UtcTicks;

    /// <summary>What the visitor's cookie says: a secret.</summary>
    public string Id => id;

    /// <summary>The visitor's files, by their ids.</summary>
    public ConcurrentDictionary<string, Upload> Uploads { get; } = new(StringComparer.Ordinal);

    public Conversations Conversations { get; } = new(maxConversations);

    public DateTimeOffset LastSeen
    {
        get => new(Interlocked.Read(ref _lastSeen), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _lastSeen, value.UtcTicks);
    }

    /// <summary>Adds a file, unless there would be too many, or too large ones together.</summary>
    public bool TryAdd(Upload upload, int maxUploads, long maxBytes)
    {
        lock (_adding)
        {
            return Uploads.Count < maxUploads
                && Uploads.Values.Sum(other => other.Bytes) + upload.Bytes <= maxBytes
                && Uploads.TryAdd(upload.Id, upload);
        }
    }

    /// <summary>The session of a request to the API; the middleware has seen to it that there is one.</summary>
    public static ValueTask<Session?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Session>());
}
