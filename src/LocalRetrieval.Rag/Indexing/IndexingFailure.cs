namespace LocalRetrieval.Rag;

/// <summary>A document that could not be indexed; what the collection held of it before is still there.</summary>
public sealed record IndexingFailure
{
    /// <summary>The document.</summary>
    public required string Source { get; init; }

    /// <summary>What went wrong.</summary>
    public required Exception Error { get; init; }

    /// <summary>The document and what went wrong, in a line.</summary>
    public override string ToString() => $"'{Source}' {Reason}";

    /// <summary>What went wrong, as it is said behind the name.</summary>
    internal string Reason => FailureText.Behind(Source, Error, "was not indexed");
}
