using LocalRetrieval.Encoders;
using LocalRetrieval.Onnx;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Bench.Throughput;

/// <summary>A cross-encoder: pairs a second, beside the ways in which one would otherwise call it.</summary>
internal sealed class RerankingThroughput : IDisposable
{
    private const int MaxTokens = 256;
    private const int FixedBatch = 32;

    private readonly OnnxTextReranker _reranker;
    private readonly BareSession _session;
    private readonly Tokenizer _tokenizer;
    private readonly (string Query, string[] Documents)[] _requests;
    private readonly BareSession.Batch[] _planned;

    /// <param name="model">The model's folder.</param>
    /// <param name="requests">What is reranked.</param>
    public RerankingThroughput(string model, (string Query, string[] Documents)[] requests)
    {
        OnnxTextRerankerOptions options = new() { MaxTokens = MaxTokens };
        _reranker = OnnxTextReranker.Load(model, options);
        _session = new BareSession(model);
        _tokenizer = Tokenizer.Load(model);
        _requests = requests;
        _planned = [.. requests.SelectMany(request =>
        {
            (int[] Ids, int[] TypeIds)[] pairs = Encode(request.Query, request.Documents);
            return BatchPlanner.ByLength(Array.ConvertAll(pairs, pair => pair.Ids.Length), options.BatchTokenBudget)
                .Select(batch => BareSession.Build(Array.ConvertAll(batch, index => pairs[index])));
        })];
    }

    public IReadOnlyList<Contender> Contenders =>
    [
        new("LocalRetrieval, one call a query", OneCallAQuery),
        new("bare session, batches built beforehand", RunBareSession),
        new("LocalRetrieval, one pair a call", OnePairACall),
        new("batches of 32 in input order, padded to the longest", FixedBatches),
    ];

    public void Dispose()
    {
        _reranker.Dispose();
        _session.Dispose();
    }

    private (int[] Ids, int[] TypeIds)[] Encode(string query, string[] documents) =>
        Array.ConvertAll(documents, document => BareSession.Encode(_tokenizer, query, document, MaxTokens));

    private async Task OneCallAQuery()
    {
        foreach ((string query, string[] documents) in _requests)
        {
            await _reranker.RerankAsync(query, documents);
        }
    }

    private Task RunBareSession()
    {
        foreach (BareSession.Batch batch in _planned)
        {
            _session.Run(batch).Dispose();
        }

        return Task.CompletedTask;
    }

    private async Task OnePairACall()
    {
        foreach ((string query, string[] documents) in _requests)
        {
            foreach (string document in documents)
            {
                await _reranker.RerankAsync(query, [document]);
            }
        }
    }

    private Task FixedBatches()
    {
        foreach ((string query, string[] documents) in _requests)
        {
            foreach (string[] texts in documents.Chunk(FixedBatch))
            {
                _session.Run(BareSession.Build(Encode(query, texts))).Dispose();
            }
        }

        return Task.CompletedTask;
    }
}
