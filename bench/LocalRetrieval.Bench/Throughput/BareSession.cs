using LocalRetrieval.Tokenizers;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Bench.Throughput;

/// <summary>The session alone, on batches whose tensors were built beforehand: what no wrapper can beat with the same batches.</summary>
internal sealed class BareSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputs = ["input_ids", "attention_mask", "token_type_ids"];

    /// <param name="modelFolder">The model's folder.</param>
    /// <param name="threads">The threads of a run; null for as many as there are processors.</param>
    /// <param name="spins">Whether threads that wait for work keep their processor for a while, as is ONNX Runtime's default.</param>
    public BareSession(string modelFolder, int? threads = null, bool spins = true)
    {
        using SessionOptions options = new() { IntraOpNumThreads = threads ?? Environment.ProcessorCount, InterOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", spins ? "1" : "0");
        _session = new InferenceSession(Path.Combine(modelFolder, "onnx", "model.onnx"), options);
    }

    /// <summary>Pads token ids to the longest.</summary>
    public static Batch Build(IReadOnlyList<(int[] Ids, int[] TypeIds)> texts)
    {
        int tokens = texts.Max(text => text.Ids.Length);
        long[][] tensors = [new long[texts.Count * tokens], new long[texts.Count * tokens], new long[texts.Count * tokens]];
        for (int row = 0; row < texts.Count; row++)
        {
            for (int token = 0; token < texts[row].Ids.Length; token++)
            {
                tensors[0][(row * tokens) + token] = texts[row].Ids[token];
                tensors[1][(row * tokens) + token] = 1;
                tensors[2][(row * tokens) + token] = texts[row].TypeIds[token];
            }
        }

        return new Batch(tensors, [texts.Count, tokens]);
    }

    /// <summary>The token ids of a text, cut to a length.</summary>
    public static (int[] Ids, int[] TypeIds) Encode(Tokenizer tokenizer, string text, string? pair, int maxTokens)
    {
        EncodeOptions options = new() { Truncation = new TruncationOptions { MaxLength = maxTokens }, Padding = PaddingOptions.None };
        TokenEncoding encoding = tokenizer.Encode(text, pair, options);
        return ([.. encoding.Ids], [.. encoding.TypeIds]);
    }

    public IDisposableReadOnlyCollection<OrtValue> Run(Batch batch)
    {
        OrtValue[] values = Array.ConvertAll(batch.Tensors, tensor => OrtValue.CreateTensorValueFromMemory(tensor, batch.Shape));
        try
        {
            return _session.Run(_runOptions, _inputs, values, _session.OutputNames);
        }
        finally
        {
            Array.ForEach(values, value => value.Dispose());
        }
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    /// <summary>The three inputs of a run.</summary>
    internal sealed record Batch(long[][] Tensors, long[] Shape);
}
