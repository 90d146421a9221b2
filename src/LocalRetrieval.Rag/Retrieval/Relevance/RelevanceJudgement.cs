namespace LocalRetrieval.Rag;

/// <summary>A question with the passages that answer it, as someone judged them.</summary>
/// <param name="Query">The question.</param>
/// <param name="RelevantKeys">The keys of the passages that answer it (<see cref="RetrievedPassage.Key"/>); none where nothing in the collection does.</param>
public sealed record RelevanceJudgement(string Query, IReadOnlyCollection<string> RelevantKeys);
