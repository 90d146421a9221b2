using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference;

/// <summary>A run's output of float32 where ONNX Runtime put it.</summary>
internal sealed class OnnxOutput(IDisposableReadOnlyCollection<OrtValue> outputs) : BatchOutput
{
    public override ReadOnlySpan<float> Values => outputs[0].GetTensorDataAsSpan<float>();

    public override void Dispose() => outputs.Dispose();
}
