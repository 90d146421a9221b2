using System.Numerics.Tensors;

namespace LocalRetrieval.Onnx.Embeddings;

/// <summary>Pools a text's token vectors, as sentence-transformers does.</summary>
internal static class TokenPooling
{
    // sentence-transformers' floor of a norm.
    private const float SmallestNorm = 1e-12f;

    /// <param name="mode">How to pool.</param>
    /// <param name="hiddenStates">The vectors of the text's own tokens, [tokens, hidden], without padding.</param>
    /// <param name="destination">The pooled vector, [hidden].</param>
    public static void Pool(PoolingMode mode, ReadOnlySpan<float> hiddenStates, Span<float> destination)
    {
        hiddenStates[..destination.Length].CopyTo(destination);
        if (mode == PoolingMode.Cls)
        {
            return;
        }

        int tokens = hiddenStates.Length / destination.Length;
        for (int token = 1; token < tokens; token++)
        {
            TensorPrimitives.Add(destination, hiddenStates.Slice(token * destination.Length, destination.Length), destination);
        }

        TensorPrimitives.Divide(destination, tokens, destination);
    }

    /// <summary>Brings a vector to unit length.</summary>
    public static void Normalize(Span<float> vector) =>
        TensorPrimitives.Divide(vector, Math.Max(TensorPrimitives.Norm<float>(vector), SmallestNorm), vector);
}
