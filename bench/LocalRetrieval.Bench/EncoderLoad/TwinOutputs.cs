using System.Numerics.Tensors;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>The outputs of the graphs that are measured.</summary>
internal static class TwinOutputs
{
    /// <summary>Logits, and vectors of a graph that pools.</summary>
    public static float[] AsItIs(ReadOnlySpan<float> values, int padded, int tokens) => values.ToArray();

    /// <summary>The mean of the row's own tokens, normalised.</summary>
    public static float[] NormalizedMean(ReadOnlySpan<float> values, int padded, int tokens)
    {
        int width = values.Length / padded;
        float[] vector = values[..width].ToArray();
        for (int token = 1; token < tokens; token++)
        {
            TensorPrimitives.Add(vector, values.Slice(token * width, width), vector);
        }

        // The mean's divisor is gone with the length.
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
