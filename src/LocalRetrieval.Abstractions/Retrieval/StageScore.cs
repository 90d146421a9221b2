namespace LocalRetrieval;

/// <summary>What one stage of the retrieval said of a passage.</summary>
/// <param name="Stage">The stage; see <see cref="RetrievalStage"/>.</param>
/// <param name="Score">The stage's own score: a cosine, a logit. Higher is better.</param>
/// <param name="Rank">The passage's place among this stage's candidates, from 1.</param>
public readonly record struct StageScore(string Stage, double Score, int Rank);
