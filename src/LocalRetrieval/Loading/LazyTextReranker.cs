namespace LocalRetrieval.Loading;

/// <summary>A local reranker that is loaded on first use.</summary>
internal sealed class LazyTextReranker(Func<ITextReranker> load, params Type[] modelTypes) : LazyService<ITextReranker>(load, modelTypes), ITextReranker
{
    public async Task<RerankingResult> RerankAsync(
        string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        ITextReranker reranker = await GetModelAsync(cancellationToken).ConfigureAwait(false);
        return await reranker.RerankAsync(query, documents, options, cancellationToken).ConfigureAwait(false);
    }

    protected override object? GetService(ITextReranker model, Type serviceType) => model.GetService(serviceType);
}
