using System.Numerics.Tensors;
using LocalRetrieval.Encoders;
using LocalRetrieval.Onnx;
using LocalRetrieval.Tokenizers;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Bench.Throughput;

/// <summary>The embedded bi-encoder: texts a second, beside the ways in which one would otherwise call it.</summary>
internal sealed class EmbeddingThroughput : IDisposable
{
    private const int MaxTokens = 256;
    private const int FixedBatch = 32;

    private readonly OnnxEmbeddingGenerator _generator;
    private readonly BareSession _session;
    private readonly Tokenizer _tokenizer;
    private readonly string[] _texts;
    private readonly BareSession.Batch[] _planned;

    public EmbeddingThroughput(string[] texts)
    {
        string model = LocalModels.BiEncoder.Locate();
        OnnxEmbeddingGeneratorOptions options = new();
        _generator = OnnxEmbeddingGenerator.Load(model, options);
        _session = new BareSession(model);
        _tokenizer = Tokenizer.Load(model);
        _texts = texts;
        (int[] Ids, int[] TypeIds)[] encoded = Array.ConvertAll(texts, text => BareSession.Encode(_tokenizer, text, null, MaxTokens));
        Tokens = encoded.Sum(text => text.Ids.Length);
        _planned = [.. BatchPlanner.ByLength(Array.ConvertAll(encoded, text => text.Ids.Length), options.BatchTokenBudget)
            .Select(batch => BareSession.Build(Array.ConvertAll(batch, index => encoded[index])))];
    }

    public int Tokens { get; }

    public IReadOnlyList<Contender> Contenders =>
    [
        new("LocalRetrieval, one call", () => _generator.GenerateAsync(_texts)),
        new("bare session, batches built beforehand, no pooling", RunBareSession),
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
            await _generator.GenerateAsync([text]);
        }
    }

    // What most samples do: no sorting, no budget; pooled and normalised, to be fair.
    private Task FixedBatches()
    {
        foreach (string[] texts in _texts.Chunk(FixedBatch))
        {
            BareSession.Batch batch = BareSession.Build(Array.ConvertAll(texts, text => BareSession.Encode(_tokenizer, text, null, MaxTokens)));
            using IDisposableReadOnlyCollection<OrtValue> output = _session.Run(batch);
            ReadOnlySpan<float> hidden = output[0].GetTensorDataAsSpan<float>();
            int tokens = (int)batch.Shape[1];
            int width = hidden.Length / (texts.Length * tokens);
            for (int row = 0; row < texts.Length; row++)
            {
                Pool(hidden.Slice(row * tokens * width, tokens * width), batch.Tensors[1].AsSpan(row * tokens, tokens), new float[width]);
            }
        }

        return Task.CompletedTask;
    }

    private static void Pool(ReadOnlySpan<float> hidden, ReadOnlySpan<long> mask, Span<float> vector)
    {
        for (int token = 0; token < mask.Length && mask[token] == 1; token++)
        {
            TensorPrimitives.Add(vector, hidden.Slice(token * vector.Length, vector.Length), vector);
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
    }
}
