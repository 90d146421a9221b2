using System.Text.Json;
using Microsoft.Agents.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Reads and writes what a session remembers under a key.</summary>
internal static class SessionState
{
    /// <exception cref="InvalidOperationException">What stands there is something else.</exception>
    public static RetrievalState Read(AgentSession? session, string key)
    {
        try
        {
            return session?.StateBag.GetValue<RetrievalState>(key, RetrievalStateJsonContext.Default.Options) ?? new RetrievalState();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidOperationException(
                $"The session's state holds something else under '{key}' than what a retrieval remembers. Give the session's providers different state keys, or remove it by StateBag.TryRemoveValue.", error);
        }
    }

    public static void Write(AgentSession? session, string key, RetrievalState state) =>
        session?.StateBag.SetValue(key, state, RetrievalStateJsonContext.Default.Options);
}
