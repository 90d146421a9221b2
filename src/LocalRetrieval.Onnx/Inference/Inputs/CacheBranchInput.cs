using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference.Inputs;

/// <summary>The switch of a merged decoder, [1]: false, since there is no cache to read from.</summary>
internal sealed class CacheBranchInput(string name) : IGraphInput
{
    private static readonly bool[] Off = [false];

    public string Name => name;

    public FedTensor Feed(TokenBatch batch) => new(OrtValue.CreateTensorValueFromMemory(Off, [1]), memory: null);
}
