using System.Globalization;
using LocalRetrieval.DependencyInjection;

namespace LocalRetrieval.Rag;

/// <summary>Says in words why candidates are not returned.</summary>
internal static class Omissions
{
    /// <returns>Null where the candidate is good enough, or there is no limit.</returns>
    public static string? BelowVectorScore<TRecord>(RetrievalCandidate<TRecord> candidate, double? least)
        where TRecord : class => (least, candidate.Stage(RetrievalStage.Vector)?.Score) switch
        {
            (null, _) => null,
            (_, null) => Text($"its vector score is not known, and {nameof(RetrievalOptions.MinimumVectorScore)} is {least}"),
            var (_, score) => score >= least ? null : Text($"its vector score {score:0.####} is below {nameof(RetrievalOptions.MinimumVectorScore)}, {least}"),
        };

    /// <returns>Null where the candidate is good enough, or there is no limit.</returns>
    public static string? BelowRerankerScore<TRecord>(RetrievalCandidate<TRecord> candidate, double? least)
        where TRecord : class => (least, candidate.RerankerActivation) switch
        {
            (null, _) => null,
            (_, null) => Text($"the reranker did not read it, and {nameof(RetrievalOptions.MinimumRerankerScore)} is {least}"),
            var (_, score) => score >= least ? null : Text($"its reranker score, after the model's activation, {score:0.####} is below {nameof(RetrievalOptions.MinimumRerankerScore)}, {least}"),
        };

    /// <returns>Null where the candidate is likely enough to answer, or there is no limit.</returns>
    public static string? BelowRelevance<TRecord>(RetrievalCandidate<TRecord> candidate, double? least)
        where TRecord : class => (least, candidate.Relevance) switch
        {
            (null or 0, _) => null,
            (_, null) => Text($"its relevance is not known, and {nameof(RetrievalOptions.MinimumRelevance)} is {least}"),
            var (_, relevance) => relevance >= least ? null : Text($"its relevance {relevance:0.####} is below {nameof(RetrievalOptions.MinimumRelevance)}, {least}"),
        };

    /// <summary>Names the selector for what it dropped without a reason of its own.</summary>
    public static void Dropped<TRecord>(IReadOnlyList<RetrievalCandidate<TRecord>> before, IReadOnlyList<RetrievalCandidate<TRecord>> kept, ICandidateSelector<TRecord> selector)
        where TRecord : class
    {
        foreach (RetrievalCandidate<TRecord> dropped in before.Except(kept))
        {
            dropped.Omission ??= $"dropped by {TypeNames.Of(selector.GetType())}";
        }
    }

    /// <summary>Tells the candidates that are returned from those that come after them.</summary>
    /// <param name="selected">What stayed after selection, best first.</param>
    /// <param name="top">How many are returned.</param>
    /// <param name="reranker">The last reranker; null where nothing was reranked.</param>
    public static void BeyondTop<TRecord>(IReadOnlyList<RetrievalCandidate<TRecord>> selected, int top, string? reranker)
        where TRecord : class
    {
        for (int index = 0; index < selected.Count; index++)
        {
            selected[index].Omission = index < top ? null : Place(selected[index], index + 1, top, reranker);
        }
    }

    private static string Place<TRecord>(RetrievalCandidate<TRecord> candidate, int place, int top, string? reranker)
        where TRecord : class
    {
        string unread = reranker is not null && candidate.Stage(reranker) is null ? $", and '{reranker}' did not read it" : "";
        return Text($"its place is {place}, beyond {nameof(RetrievalOptions.Top)}, {top}{unread}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
