using LocalRetrieval;
using LocalRetrieval.Rag;
using WebRag.Documents;

namespace WebRag.Searching;

/// <summary>Says of a retrieval what a page shows.</summary>
internal static class ResponseWriter
{
    /// <summary>How many candidates the trace has.</summary>
    private const int TracedCandidates = 20;

    /// <param name="result">What was found.</param>
    /// <param name="isReranked">Whether it was reranked.</param>
    /// <param name="minimumRelevance">How probable it must be that a passage answers.</param>
    public static SearchResponse Write(RetrievalResult result, bool isReranked, double minimumRelevance) => new()
    {
        Query = result.Query,
        SearchedFor = result.SearchQuery == result.Query ? null : result.SearchQuery,
        IsReranked = isReranked,
        Answers = isReranked ? result.Passages.Any(passage => passage.Relevance >= minimumRelevance) || WordQuery.HasMatch(result) : null,
        Hits = [.. result.Passages.Select(Hit)],
        Trace = Trace(result, minimumRelevance),
    };

    private static SearchHit Hit(RetrievedPassage passage) => new()
    {
        Document = Describe(passage),
        Key = passage.Key,
        Rank = passage.Rank,
        Heading = passage.HeadingPath,
        Page = passage.Page,
        Text = passage.Text,
        Relevance = passage.Relevance,
        AlsoIn = [.. passage.AlsoIn.Select(other => other.Source).OfType<string>().Where(source => source != passage.Source).Distinct(StringComparer.Ordinal).Select(DocumentName.Of)],
    };

    /// <summary>Of a passage with its record all that is known; of one without, as a conversation keeps it, what its name says.</summary>
    internal static DocumentInfo Describe(RetrievedPassage passage) =>
        DocumentName.Describe(passage is RetrievedPassage<Passage> { Record: { } record } ? record : new Passage { Source = passage.Source ?? "", Text = passage.Text, Title = passage.Title });

    private static SearchTrace Trace(RetrievalResult result, double minimumRelevance)
    {
        Dictionary<string, PassageExplanation> explanations = (result.Explanations ?? []).ToDictionary(explanation => explanation.Key, StringComparer.Ordinal);
        return new SearchTrace
        {
            Stages = [.. result.Timings.Select(timing => Stage(timing, result.Candidates))],
            Candidates = [.. result.Candidates.Take(TracedCandidates).Select(candidate => Candidate(candidate, explanations.GetValueOrDefault(candidate.Key)))],
            Count = result.Candidates.Count,
            MinimumRelevance = minimumRelevance,
            Notes = [.. (result.Notes ?? []).Select(note => $"{note.Stage}: {note.Text}")],
        };
    }

    private static TracedStage Stage(StageTiming timing, IReadOnlyList<RetrievedPassage> candidates) => new()
    {
        Name = timing.Stage,
        Milliseconds = timing.Elapsed.TotalMilliseconds,
        Ranked = candidates.Count(candidate => candidate.Stage(timing.Stage) is { Rank: > 0 }),
    };

    private static TracedCandidate Candidate(RetrievedPassage candidate, PassageExplanation? explanation) => new()
    {
        Document = Describe(candidate),
        Key = candidate.Key,
        Heading = candidate.HeadingPath,
        Excerpt = Excerpt.Of(candidate.Text),
        Rank = candidate.Omission is null ? candidate.Rank : 0,
        FoundRank = explanation?.FoundRank,
        Omission = candidate.Omission is { } omission ? OmissionWords.Of(omission) : null,
        Score = Finite(candidate.Score),
        Relevance = candidate.Relevance,
        Scores = [.. candidate.Stages.Select(stage => Score(stage, candidate.Contributions))],
        Words = explanation?.Matches is { } matches ? [.. matches.Select(match => match.Word).Distinct(StringComparer.OrdinalIgnoreCase)] : null,
    };

    private static TracedScore Score(StageScore stage, IReadOnlyList<StageContribution> contributions) => new()
    {
        Stage = stage.Stage,
        Score = Finite(stage.Score),
        Rank = stage.Rank,
        Added = Finite(contributions.FirstOrDefault(contribution => contribution.Stage == stage.Stage).Value),
    };

    // JSON has no other numbers.
    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
