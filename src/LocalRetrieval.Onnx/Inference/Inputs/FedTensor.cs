using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference.Inputs;

/// <summary>An input of one run with the pooled memory that it lies in.</summary>
internal sealed class FedTensor(OrtValue value, IDisposable? memory) : IDisposable
{
    public OrtValue Value => value;

    public void Dispose()
    {
        value.Dispose();
        memory?.Dispose();
    }
}
