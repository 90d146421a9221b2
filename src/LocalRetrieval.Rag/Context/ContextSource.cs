namespace LocalRetrieval.Rag;

/// <summary>One numbered source of a <see cref="RetrievalContext"/>.</summary>
public sealed record ContextSource
{
    /// <summary>The number by which it is cited, from 1: one and the same for a whole conversation.</summary>
    public required int Number { get; init; }

    /// <summary>The passage.</summary>
    public required RetrievedPassage Passage { get; init; }

    /// <summary>Whether only the start of the passage is in the context, since the whole did not fit.</summary>
    public bool IsCut { get; init; }
}
