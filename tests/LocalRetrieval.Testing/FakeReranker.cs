using System.Collections.Concurrent;

namespace LocalRetrieval.Testing;

/// <summary>Scores a document by a function, or its length; NaN leaves it unscored, as when a budget is over.</summary>
public sealed class FakeReranker(Func<string, float>? logit = null, bool hasLogits = true) : ITextReranker
{
    private readonly Func<string, float> _logit = logit ?? (document => document.Length);

    /// <summary>A reranker's tokens are its own, not those of the generator.</summary>
    public ITokenCounter TokenCounter { get; } = new WordTokenCounter();

    /// <summary>The documents of each request.</summary>
    public ConcurrentQueue<IReadOnlyList<string>> Requests { get; } = [];

    /// <summary>What it gives in place of its own result.</summary>
    public Func<IReadOnlyList<string>, RerankingResult>? Gives { get; init; }

    /// <summary>What it says of its encoder; null to say nothing.</summary>
    public EncoderFingerprint? Encoder { get; init; }

    public int Disposals { get; private set; }

    public RerankingOptions? LastOptions { get; private set; }

    public Task<RerankingResult> RerankAsync(
        string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Enqueue(documents);
        LastOptions = options;
        if (Gives is not null)
        {
            return Task.FromResult(Gives(documents));
        }

        RerankedDocument[] scored =
        [
            .. documents.Select((document, index) => (Logit: _logit(document), Index: index))
                .Select(item => float.IsNaN(item.Logit)
                    ? new RerankedDocument(item.Index, float.NegativeInfinity)
                    : new RerankedDocument(item.Index, 1 / (1 + MathF.Exp(-item.Logit))) { Logit = hasLogits ? item.Logit : null })
                .OrderByDescending(document => document.Score)
                .Take(options?.TopN ?? int.MaxValue),
        ];
        return Task.FromResult(new RerankingResult(scored) { ModelId = "fake" });
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ITokenCounter) ? TokenCounter
        : serviceType == typeof(EncoderInfo) ? (Encoder is null ? null : new EncoderInfo("fake", Encoder))
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() => Disposals++;
}
