namespace LocalRetrieval.Rag;

/// <summary>What a stage made of a query.</summary>
/// <param name="Query">The query to search for.</param>
internal sealed record PreparedQuery(string Query)
{
    /// <summary>Sets what else is searched for, in a copy of the request's options; null leaves them as they are.</summary>
    public Action<RetrievalOptions>? Configure { get; init; }

    /// <summary>What is said of it; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Whether the note tells a failure.</summary>
    public bool IsFailure { get; init; }

    /// <summary>Whether nothing is to be searched.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>The query as it is, since the stage failed.</summary>
    public static PreparedQuery Failed(string query, string reason) => new(query) { Note = $"The chat client {reason}: the query is searched as it was asked.", IsFailure = true };
}
