namespace WebRag.Searching;

/// <summary>A stage of a search.</summary>
internal sealed record TracedStage
{
    public required string Name { get; init; }

    /// <summary>How long it took; null for what is no step of its own.</summary>
    public double? Milliseconds { get; init; }

    /// <summary>How many candidates it gave a rank of its own.</summary>
    public required int Ranked { get; init; }
}
