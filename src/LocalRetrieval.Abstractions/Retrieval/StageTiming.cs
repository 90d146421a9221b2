namespace LocalRetrieval;

/// <summary>How long one stage of a retrieval took.</summary>
/// <param name="Stage">The stage: one of <see cref="RetrievalStage"/>, or a name of the retriever's own such as <c>embed</c>.</param>
/// <param name="Elapsed">The time it took.</param>
public readonly record struct StageTiming(string Stage, TimeSpan Elapsed);
