using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;

namespace LocalRetrieval.Reranking;

/// <summary>An <see cref="OnnxTextReranker"/> that is loaded on first use.</summary>
internal sealed class LazyTextReranker(Func<OnnxTextReranker> load) : ITextReranker
{
    private readonly LazyModel<OnnxTextReranker> _model = new(load);

    public async Task<RerankingResult> RerankAsync(
        string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        OnnxTextReranker reranker = await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        return await reranker.RerankAsync(query, documents, options, cancellationToken).ConfigureAwait(false);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : _model.Value.GetService(serviceType, serviceKey);
    }

    public void Dispose() => _model.Dispose();
}
