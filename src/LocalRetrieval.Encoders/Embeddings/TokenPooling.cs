using System.Numerics.Tensors;

namespace LocalRetrieval.Encoders;

/// <summary>Pools a text's token vectors, as sentence-transformers does.</summary>
internal static class TokenPooling
{
    /// <param name="mode">How to pool.</param>
    /// <param name="hiddenStates">The vectors of the text's own tokens, [tokens, hidden], without padding.</param>
    /// <param name="skipped">How many of the first tokens are left out, since they are the prompt's.</param>
    /// <param name="destination">The pooled vector, [hidden].</param>
    public static void Pool(PoolingMode mode, ReadOnlySpan<float> hiddenStates, int skipped, Span<float> destination)
    {
        int width = destination.Length;
        int tokens = hiddenStates.Length / width;
        if (skipped >= tokens)
        {
            // A text of nothing but its prompt: the reference's sum over no tokens.
            destination.Clear();
            return;
        }

        ReadOnlySpan<float> pooled = hiddenStates[(skipped * width)..];
        switch (mode)
        {
            case PoolingMode.Cls:
                pooled[..width].CopyTo(destination);
                break;
            case PoolingMode.LastToken:
                pooled[^width..].CopyTo(destination);
                break;
            case PoolingMode.Max:
                Max(pooled, destination);
                break;
            case PoolingMode.WeightedMean:
                WeightedMean(pooled, skipped, destination);
                break;
            case PoolingMode.Mean:
                Sum(pooled, destination);
                TensorPrimitives.Divide(destination, tokens - skipped, destination);
                break;
            case PoolingMode.MeanSqrtLength:
                Sum(pooled, destination);
                TensorPrimitives.Divide(destination, MathF.Sqrt(tokens - skipped), destination);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, $"The mode is not one of {nameof(PoolingMode)}.");
        }
    }

    private static void Sum(ReadOnlySpan<float> states, Span<float> destination)
    {
        states[..destination.Length].CopyTo(destination);
        for (int start = destination.Length; start < states.Length; start += destination.Length)
        {
            TensorPrimitives.Add(destination, states.Slice(start, destination.Length), destination);
        }
    }

    private static void Max(ReadOnlySpan<float> states, Span<float> destination)
    {
        states[..destination.Length].CopyTo(destination);
        for (int start = destination.Length; start < states.Length; start += destination.Length)
        {
            TensorPrimitives.Max(destination, states.Slice(start, destination.Length), destination);
        }
    }

    private static void WeightedMean(ReadOnlySpan<float> states, int skipped, Span<float> destination)
    {
        destination.Clear();
        float weights = 0;
        for (int start = 0, weight = skipped + 1; start < states.Length; start += destination.Length, weight++)
        {
            TensorPrimitives.MultiplyAdd(states.Slice(start, destination.Length), weight, destination, destination);
            weights += weight;
        }

        TensorPrimitives.Divide(destination, weights, destination);
    }
}
