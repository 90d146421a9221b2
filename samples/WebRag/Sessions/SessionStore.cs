using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using WebRag.Settings;

namespace WebRag.Sessions;

/// <summary>The sessions of all visitors, in memory.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SessionStore(IOptions<WebRagOptions> options, TimeProvider time)
{
    private const int IdBytes = 32;

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _creating = new();

    public int Count => _sessions.Count;

    /// <summary>The session of an id, which is then not idle; null for an id that is none, or no more.</summary>
    public Session? Find(string? id)
    {
        if (id is null || !_sessions.TryGetValue(id, out Session? session))
        {
            return null;
        }

        session.LastSeen = time.GetUtcNow();
        return session;
    }

    /// <summary>A new session; null where there are as many as there may be, and all of them have files.</summary>
    public Session? Create()
    {
        // One at a time, so that there are never more than there may be.
        lock (_creating)
        {
            if (_sessions.Count >= options.Value.MaxSessions && !RemoveOldestWithoutFiles())
            {
                return null;
            }

            Session session = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), time.GetUtcNow(), options.Value.MaxConversations);
            _sessions[session.Id] = session;
            return session;
        }
    }

    /// <summary>Takes out the sessions that were idle for too long, and gives them.</summary>
    public IReadOnlyList<Session> RemoveIdle()
    {
        DateTimeOffset oldest = time.GetUtcNow() - options.Value.SessionIdle;
        return [.. _sessions.Values.Where(session => session.LastSeen < oldest).Where(session => _sessions.TryRemove(session.Id, out _))];
    }

    private bool RemoveOldestWithoutFiles() =>
        _sessions.Values.Where(session => session.Uploads.IsEmpty).MinBy(session => session.LastSeen) is { } oldest && _sessions.TryRemove(oldest.Id, out _);
}
