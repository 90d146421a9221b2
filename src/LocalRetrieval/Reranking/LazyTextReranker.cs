using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;

namespace LocalRetrieval.Reranking;

/// <summary>An <see cref="OnnxTextReranker"/> that is loaded on first use.</summary>
internal sealed class LazyTextReranker : ITextReranker
{
    private static readonly Type[] ModelServices = [typeof(TextRerankerMetadata), typeof(EncoderInfo), typeof(OnnxTextReranker)];

    private readonly LazyModel<OnnxTextReranker> _model;
    private readonly LazyTokenCounter _tokenCounter;

    public LazyTextReranker(Func<OnnxTextReranker> load)
    {
        _model = new LazyModel<OnnxTextReranker>(load);
        _tokenCounter = new LazyTokenCounter(() => _model.Get().GetRequiredService<ITokenCounter>());
    }

    public async Task<RerankingResult> RerankAsync(
        string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        OnnxTextReranker reranker = await _model.GetAsync(cancellationToken).ConfigureAwait(false);
        return await reranker.RerankAsync(query, documents, options, cancellationToken).ConfigureAwait(false);
    }

    // Loads the model for what only the model knows, and for nothing else.
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ITokenCounter) ? _tokenCounter
            : ModelServices.Contains(serviceType) ? _model.Get().GetService(serviceType)
            : null;
    }

    public void Dispose() => _model.Dispose();
}
