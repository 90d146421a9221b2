namespace LocalRetrieval;

/// <summary>Holds what a reranker gave against what it was asked.</summary>
internal static class RerankedResults
{
    /// <exception cref="InvalidOperationException">The result is null, or is not of the documents that were given; the message names the reranker and what it gave.</exception>
    public static void ThrowIfBroken(ITextReranker reranker, RerankingResult? result, int documents, RerankingOptions? options)
    {
        if (result is null)
        {
            throw Gave(reranker, "null instead of a result", documents);
        }

        bool[] seen = new bool[documents];
        foreach (RerankedDocument document in result)
        {
            if (FaultOf(document, seen) is { } fault)
            {
                throw Gave(reranker, fault, documents);
            }

            seen[document.Index] = true;
        }

        if (result.Count < documents && options is not ({ TopN: not null } or { Budget: not null }))
        {
            throw Gave(reranker, $"{result.Count} scores, though neither TopN nor Budget was asked for,", documents);
        }
    }

    private static string? FaultOf(RerankedDocument document, bool[] seen) =>
        document.Index < 0 || document.Index >= seen.Length ? $"the index {document.Index}"
        : seen[document.Index] ? $"the index {document.Index} twice"
        : float.IsNaN(document.Score) ? $"the score NaN at index {document.Index}"
        : document.Logit is float.NaN ? $"the logit NaN at index {document.Index}"
        : null;

    private static InvalidOperationException Gave(ITextReranker reranker, string fault, int documents) =>
        new($"{reranker.GetType().Name} gave {fault} for {documents} documents. A reranker gives each document's index once, with a score that is a number.");
}
