namespace LocalRetrieval.Rag;

/// <summary>What a stage counts in a <see cref="RelevanceModel"/>.</summary>
/// <param name="Stage">The stage's name; see <see cref="RetrievalStage"/>.</param>
/// <param name="Slope">What the logit gains for each unit of the stage's score.</param>
public readonly record struct RelevanceStage(string Stage, double Slope);
