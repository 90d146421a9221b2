using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace LocalRetrieval.Onnx.Inference.Inputs;

/// <summary>An input [texts, tokens] of whole numbers, in the width that the graph asks for.</summary>
/// <typeparam name="T"><see cref="long"/> or <see cref="int"/>.</typeparam>
internal sealed class TokenInput<T>(string name, TokenRow row) : IGraphInput
    where T : unmanaged, System.Numerics.INumber<T>
{
    public string Name => name;

    public FedTensor Feed(TokenBatch batch)
    {
        int length = batch.Rows.Length * batch.Tokens;
        IMemoryOwner<T> owner = MemoryPool<T>.Shared.Rent(length);
        try
        {
            Memory<T> memory = owner.Memory[..length];
            Fill(batch, memory.Span);
            return new FedTensor(OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, [batch.Rows.Length, batch.Tokens]), owner);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    private void Fill(TokenBatch batch, Span<T> destination)
    {
        int[] line = ArrayPool<int>.Shared.Rent(batch.Tokens);
        try
        {
            Span<int> values = line.AsSpan(0, batch.Tokens);
            for (int i = 0; i < batch.Rows.Length; i++)
            {
                row(batch.Texts[batch.Rows[i]], values);
                TensorPrimitives.ConvertTruncating<int, T>(values, destination.Slice(i * batch.Tokens, batch.Tokens));
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(line);
        }
    }
}
