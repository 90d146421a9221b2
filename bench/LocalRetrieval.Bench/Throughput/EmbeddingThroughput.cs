using LocalRetrieval.Encoders;
using LocalRetrieval.Onnx;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Bench.Throughput;

/// <summary>A bi-encoder: texts a second, beside the ways in which one would otherwise call it.</summary>
internal sealed class EmbeddingThroughput : IDisposable
{
    private const int FixedBatch = 32;

    private readonly OnnxEmbeddingGenerator _generator;
    private readonly BareSession _session;
    private readonly Tokenizer _tokenizer;
    private readonly EmbeddingGenerationOptions _role;
    private readonly int _maxTokens;
    private readonly string[] _texts;
    private readonly string[] _prompted;
    private readonly BareSession.Batch[] _planned;

    /// <param name="model">The model's folder.</param>
    /// <param name="texts">What is embedded.</param>
    /// <param name="role">As what; the model's prompt for it is read in every way.</param>
    public EmbeddingThroughput(string model, string[] texts, string role)
    {
        OnnxEmbeddingGeneratorOptions options = new();
        _generator = OnnxEmbeddingGenerator.Load(model, options);
        _session = new BareSession(model);
        _tokenizer = Tokenizer.Load(model);
        _texts = texts;
        _role = role == EmbeddingInputTypes.Query ? EmbeddingInputTypes.QueryOptions() : EmbeddingInputTypes.DocumentOptions();
        EncoderInfo info = _generator.GetRequiredService<EncoderInfo>();
        string prompt = info.Prompts.GetValueOrDefault(role, "");
        _maxTokens = info.MaxTokens!.Value;
        _prompted = Array.ConvertAll(texts, text => prompt + text);
        (int[] Ids, int[] TypeIds)[] encoded = Array.ConvertAll(_prompted, text => BareSession.Encode(_tokenizer, text, null, _maxTokens));
        Tokens = encoded.Sum(text => text.Ids.Length);
        _planned = [.. BatchPlanner.ByLength(Array.ConvertAll(encoded, text => text.Ids.Length), options.BatchTokenBudget)
            .Select(batch => BareSession.Build(Array.ConvertAll(batch, index => encoded[index])))];
    }

    public int Tokens { get; }

    public IReadOnlyList<Contender> Contenders =>
    [
        new("LocalRetrieval, one call", () => _generator.GenerateAsync(_texts, _role)),
        new("bare session, batches built beforehand", RunBareSession),
        new("LocalRetrieval, one text a call", OneTextACall),
        new("batches of 32 in input order, padded to the longest", FixedBatches),
    ];

    public void Dispose()
    {
        _generator.Dispose();
        _session.Dispose();
    }

    private Task RunBareSession()
    {
        foreach (BareSession.Batch batch in _planned)
        {
            _session.Run(batch).Dispose();
        }

        return Task.CompletedTask;
    }

    private async Task OneTextACall()
    {
        foreach (string text in _texts)
        {
            await _generator.GenerateAsync([text], _role);
        }
    }

    // What most samples do: no sorting, no budget.
    private Task FixedBatches()
    {
        foreach (string[] texts in _prompted.Chunk(FixedBatch))
        {
            _session.Run(BareSession.Build(Array.ConvertAll(texts, text => BareSession.Encode(_tokenizer, text, null, _maxTokens)))).Dispose();
        }

        return Task.CompletedTask;
    }
}
