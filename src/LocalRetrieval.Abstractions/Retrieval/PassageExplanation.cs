namespace LocalRetrieval;

/// <summary>Why a passage was returned where it was, or was not.</summary>
/// <remarks>Safe for concurrent reading. System.Text.Json can write and read it.</remarks>
public sealed class PassageExplanation
{
    /// <summary>The passage's key.</summary>
    public required string Key { get; init; }

    /// <summary>What became of it.</summary>
    public required PassageOutcome Outcome { get; init; }

    /// <summary>Why it was not returned, in words; null for a passage that was.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The passage, with what each stage gave it and what that adds to its score; null where it is <see cref="PassageOutcome.Unknown"/>. One that is no
    /// candidate has neither, its score is NaN, and its rank 0.
    /// </summary>
    public RetrievedPassage? Passage { get; init; }

    /// <summary>Its place, from 1, among the candidates as the generators together found them, before anything was reranked; null where it was none.</summary>
    public int? FoundRank { get; init; }

    /// <summary>Which words of the query it has, the highest score first; null where the collection does not tell: only an <see cref="IKeywordSearchable{TRecord}"/> can.</summary>
    public IReadOnlyList<KeywordMatch>? Matches { get; init; }

    /// <summary>
    /// What the stages that did not see it say when they are asked for it alone. <see cref="StageScore.Rank"/> is the place at which a generator finds it if it gives
    /// enough candidates; 0 for a reranker, and where it is not among the first 10,000.
    /// </summary>
    public IReadOnlyList<StageScore> Asked { get; init; } = [];

    /// <summary>With how many candidates of each generator it would have been one of them; null where it was, or where that is not known.</summary>
    public int? CandidatesNeeded { get; init; }
}
