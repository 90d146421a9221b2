using System.Collections.Concurrent;

namespace LocalRetrieval.Bench.Quality;

/// <summary>Scores each pair once, so that many settings of a pipeline can be compared.</summary>
internal sealed class RememberingReranker(ITextReranker inner) : DelegatingTextReranker(inner)
{
    private readonly ConcurrentDictionary<(string Query, string Document), RerankedDocument> _known = [];

    public override async Task<RerankingResult> RerankAsync(
        string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] unknown = [.. documents.Where(document => !_known.ContainsKey((query, document))).Distinct()];
        if (unknown.Length > 0)
        {
            foreach (RerankedDocument scored in await InnerReranker.RerankAsync(query, unknown, cancellationToken: cancellationToken))
            {
                _known[(query, unknown[scored.Index])] = scored;
            }
        }

        return new RerankingResult([.. documents
            .Select((document, index) => (Known: _known[(query, document)], Index: index))
            .Select(pair => new RerankedDocument(pair.Index, pair.Known.Score) { Logit = pair.Known.Logit })
            .OrderByDescending(document => document.Score)]);
    }
}
