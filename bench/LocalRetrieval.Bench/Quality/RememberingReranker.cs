namespace LocalRetrieval.Bench.Quality;

/// <summary>Scores each pair once, so that many settings of a pipeline can be compared.</summary>
internal sealed class RememberingReranker(ITextReranker inner) : DelegatingTextReranker(inner)
{
    private readonly KeptNumbers _known = new($"pairs-{inner.GetService<EncoderInfo>()!.Fingerprint.Value[..16]}-{inner.GetService<EncoderInfo>()!.MaxTokens}.bin", width: 2);

    public override async Task<RerankingResult> RerankAsync(
        string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] unknown = [.. documents.Where(document => Find(query, document) is null).Distinct()];
        if (unknown.Length > 0)
        {
            foreach (RerankedDocument scored in await InnerReranker.RerankAsync(query, unknown, cancellationToken: cancellationToken))
            {
                _known.Keep(KeptNumbers.KeyOf(query, unknown[scored.Index]), [scored.Score, scored.Logit!.Value]);
            }
        }

        return new RerankingResult([.. documents
            .Select((document, index) => (Known: Find(query, document)!, Index: index))
            .Select(pair => new RerankedDocument(pair.Index, pair.Known[0]) { Logit = pair.Known[1] })
            .OrderByDescending(document => document.Score)]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _known.Dispose();
        }

        base.Dispose(disposing);
    }

    private float[]? Find(string query, string document) => _known.Find(KeptNumbers.KeyOf(query, document));
}
