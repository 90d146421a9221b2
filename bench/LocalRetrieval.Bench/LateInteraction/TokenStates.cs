using System.Numerics.Tensors;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Tokenizers;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Bench.LateInteraction;

/// <summary>The last hidden states of all-MiniLM-L6-v2, each of length 1: stands in for the vectors of a model that was trained for late interaction. The embedded bi-encoder's graph gives none.</summary>
internal sealed class TokenStates : IDisposable
{
    public const int Dimensions = 384;

    private const int TextsAtOnce = 8;

    private readonly string _folder = BenchData.Shared("models", "all-MiniLM-L6-v2");
    private readonly Tokenizer _tokenizer;
    private readonly BareSession _session;

    public TokenStates()
    {
        _tokenizer = Tokenizer.Load(_folder);
        _session = new BareSession(_folder);
    }

    /// <summary>Embeds texts, each cut to a number of tokens.</summary>
    public MultiVectorEmbedding[] Embed(IReadOnlyList<string> texts, int mostTokens)
    {
        (int[] Ids, int[] TypeIds)[] tokens = [.. texts.Select(text => BareSession.Encode(_tokenizer, text, pair: null, mostTokens))];
        MultiVectorEmbedding[] embedded = new MultiVectorEmbedding[tokens.Length];
        foreach (int[] batch in Enumerable.Range(0, tokens.Length).OrderBy(text => tokens[text].Ids.Length).Chunk(TextsAtOnce))
        {
            using IDisposableReadOnlyCollection<OrtValue> states = _session.Run(BareSession.Build(Array.ConvertAll(batch, text => tokens[text])));
            int width = batch.Max(text => tokens[text].Ids.Length) * Dimensions;
            for (int row = 0; row < batch.Length; row++)
            {
                ReadOnlySpan<float> own = states[0].GetTensorDataAsSpan<float>().Slice(row * width, tokens[batch[row]].Ids.Length * Dimensions);
                embedded[batch[row]] = new MultiVectorEmbedding(Normalize(own), Dimensions);
            }
        }

        return embedded;
    }

    public void Dispose() => _session.Dispose();

    private static float[] Normalize(ReadOnlySpan<float> states)
    {
        float[] normalized = states.ToArray();
        for (int start = 0; start < normalized.Length; start += Dimensions)
        {
            Span<float> vector = normalized.AsSpan(start, Dimensions);
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        return normalized;
    }
}
