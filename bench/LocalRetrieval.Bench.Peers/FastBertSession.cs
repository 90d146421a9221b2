using System.Numerics.Tensors;
using FastBertTokenizer;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Bench.Peers;

/// <summary>FastBertTokenizer and a session of ONNX Runtime, a text a run, pooled by hand: what an application writes that uses no library.</summary>
internal sealed class FastBertSession : IDisposable
{
    private const int MaxTokens = 256;

    private readonly BertTokenizer _tokenizer = new();
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();

    /// <param name="folder">The model's folder, with vocab.txt.</param>
    public FastBertSession(string folder)
    {
        using StreamReader vocabulary = new(Path.Combine(folder, "vocab.txt"));
        _tokenizer.LoadVocabulary(vocabulary, convertInputToLowercase: true);
        _session = new InferenceSession(Path.Combine(folder, "onnx", "model.onnx"));
    }

    public float[] Embed(string text)
    {
        (long[] ids, long[] mask, long[] types) = Encode(text);
        long[] shape = [1, ids.Length];
        using OrtValue idTensor = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using OrtValue maskTensor = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using OrtValue typeTensor = OrtValue.CreateTensorValueFromMemory(types, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs =
            _session.Run(_runOptions, ["input_ids", "attention_mask", "token_type_ids"], [idTensor, maskTensor, typeTensor], _session.OutputNames);
        return Mean(outputs[0].GetTensorDataAsSpan<float>(), ids.Length);
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    // The tokenizer's next call overwrites what it gave.
    private (long[] Ids, long[] Mask, long[] Types) Encode(string text)
    {
        lock (_tokenizer)
        {
            (Memory<long> ids, Memory<long> mask, Memory<long> types) = _tokenizer.Encode(text, MaxTokens);
            return (ids.ToArray(), mask.ToArray(), types.ToArray());
        }
    }

    private static float[] Mean(ReadOnlySpan<float> hidden, int tokens)
    {
        float[] vector = new float[hidden.Length / tokens];
        for (int token = 0; token < tokens; token++)
        {
            TensorPrimitives.Add(vector, hidden.Slice(token * vector.Length, vector.Length), vector);
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
