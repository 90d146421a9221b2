using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference.Inputs;

/// <summary>A key/value cache of a decoder, [texts, heads, 0, head size]: an encoder reads every text from its start.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="Float16"/>.</typeparam>
internal sealed class EmptyCacheInput<T>(string name, int heads, int headSize) : IGraphInput
    where T : unmanaged
{
    public string Name => name;

    public FedTensor Feed(TokenBatch batch) =>
        new(OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, Memory<T>.Empty, [batch.Rows.Length, heads, 0, headSize]), memory: null);
}
