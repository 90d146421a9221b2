using System.Collections.Concurrent;
using WebRag.Chat;
using WebRag.Uploads;

namespace WebRag.Sessions;

/// <summary>One visitor: what was uploaded and asked. Nobody else sees any of it.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Session(string id, DateTimeOffset now, int maxConversations)
{
    private readonly Lock _adding = new();
    private Task _last = Task.CompletedTask;
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

    /// <summary>Adds a file with the room that it may need, unless there would be too many, or too large ones together.</summary>
    public bool TryAdd(Upload upload, int maxUploads, long maxBytes)
    {
        lock (_adding)
        {
            return Uploads.Count < maxUploads
                && Uploads.Values.Sum(other => other.Bytes) + upload.Bytes <= maxBytes
                && Uploads.TryAdd(upload.Id, upload);
        }
    }

    /// <summary>Lines up work on the visitor's files: one after the other, so that nobody's many files keep others waiting.</summary>
    /// <param name="work">Is given what goes before it; it never fails.</param>
    public Task LineUp(Func<Task, Task> work)
    {
        lock (_adding)
        {
            Task before = _last;
            return _last = Task.Run(() => work(before));
        }
    }

    /// <summary>The session of a request to the API; the middleware has seen to it that there is one.</summary>
    public static ValueTask<Session?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Session>());
}
