using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Inference.Memory;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Tests.Inference.Memory;

/// <summary>A session of the embedded bi-encoder that is run with any shape.</summary>
internal sealed class TensorRun : IDisposable
{
    private readonly InferenceSession _session = SessionLoader.Load(Graph, threads: 1);

    public TensorRun() => Arena = new SessionArena(_session);

    public static string Graph => Path.Combine(LocalModels.BiEncoder.Locate(), "onnx", "model.onnx");

    public SessionArena Arena { get; }

    public void Run(int texts, int tokens)
    {
        long[] ones = new long[texts * tokens];
        Array.Fill(ones, 1);
        using OrtValue tensor = OrtValue.CreateTensorValueFromMemory(ones, [texts, tokens]);
        using RunOptions options = new();
        _session.Run(options, _session.InputNames, [.. _session.InputNames.Select(_ => tensor)], [_session.OutputNames[0]]).Dispose();
    }

    public void Dispose()
    {
        Arena.Dispose();
        _session.Dispose();
    }
}
