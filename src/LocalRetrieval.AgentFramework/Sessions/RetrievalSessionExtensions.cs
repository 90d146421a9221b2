using System.Text.Json;
using Microsoft.Agents.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>What a session may find.</summary>
public static class RetrievalSessionExtensions
{
    private const string ScopeKey = "localretrieval.scope";

    /// <summary>Sets the scope of all retrievals of a session: whose, or which part of the documents, it may find.</summary>
    /// <remarks>It is text in the session's state, so that it is still there when the session was serialized and restored; a filter is made of it for each retrieval, by the options'
    /// <c>ScopedRetrieval</c>, since an expression cannot be serialized.</remarks>
    /// <param name="session">The session.</param>
    /// <param name="scope">What the options' function makes a filter of, such as a tenant's id; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="session"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="scope"/> is empty or white space.</exception>
    public static void SetRetrievalScope(this AgentSession session, string? scope)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (scope is null)
        {
            session.StateBag.TryRemoveValue(ScopeKey);
            return;
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        session.StateBag.SetValue(ScopeKey, scope);
    }

    /// <summary>The scope that <see cref="SetRetrievalScope"/> set, in this process or before the session was serialized; null for none.</summary>
    /// <param name="session">The session.</param>
    /// <exception cref="ArgumentNullException"><paramref name="session"/> is null.</exception>
    /// <exception cref="InvalidOperationException">What stands for the scope in the session's state is no text.</exception>
    public static string? GetRetrievalScope(this AgentSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        try
        {
            return session.StateBag.GetValue<string>(ScopeKey);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidOperationException($"The session's state holds something else than text under '{ScopeKey}', so that its scope is not known. Set it by {nameof(SetRetrievalScope)}.", error);
        }
    }
}
