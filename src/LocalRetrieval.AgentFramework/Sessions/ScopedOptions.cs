using Microsoft.Agents.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Makes the options of a session's retrievals.</summary>
internal static class ScopedOptions
{
    /// <summary>The options for a session; those without a scope where none is asked for.</summary>
    /// <param name="session">The session of the run.</param>
    /// <param name="scopedRetrieval">Makes options of a scope; null where sessions have none.</param>
    /// <param name="unscoped">The options where sessions have none.</param>
    /// <exception cref="InvalidOperationException">A scope is missing, or would be lost.</exception>
    public static RetrievalOptions? For(AgentSession? session, Func<string, RetrievalOptions>? scopedRetrieval, RetrievalOptions? unscoped)
    {
        string? scope = session?.GetRetrievalScope();
        return (scope, scopedRetrieval) switch
        {
            (null, null) => unscoped,
            (not null, not null) => scopedRetrieval(scope) ?? throw new InvalidOperationException($"ScopedRetrieval gave no options for the scope '{scope}'."),
            (null, _) => throw new InvalidOperationException(
                $"ScopedRetrieval is set, and the session has no scope, so that it could find everything. Call session.{nameof(RetrievalSessionExtensions.SetRetrievalScope)}(...) before the run, "
                    + "and pass the session to it."),
            _ => throw new InvalidOperationException(
                $"The session has the retrieval scope '{scope}', which would be lost: set ScopedRetrieval of the options, a function that makes {nameof(RetrievalOptions)} with a filter of it."),
        };
    }
}
