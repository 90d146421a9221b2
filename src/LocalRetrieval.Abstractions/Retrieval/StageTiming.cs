namespace LocalRetrieval;

/// <summary>How long one stage of a retrieval took.</summary>
public readonly record struct StageTiming
{
    /// <summary>The stage: one of <see cref="RetrievalStage"/>, or a name of the retriever's own such as <c>embed</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>The time it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
