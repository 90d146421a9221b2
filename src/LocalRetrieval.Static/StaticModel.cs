using System.Numerics.Tensors;
using LocalRetrieval.Static.Tokens;
using LocalRetrieval.Static.Vectors;

namespace LocalRetrieval.Static;

/// <summary>A static model: a text's vector is the mean of its tokens' vectors.</summary>
/// <param name="Tokenizer">What tokens it reads.</param>
/// <param name="Vectors">Their vectors.</param>
/// <param name="Prompts">What is put before a text.</param>
/// <param name="SmallestNorm">The least norm that a vector is divided by, to be of unit length; null for a model that does not normalise.</param>
/// <remarks>Immutable and safe for concurrent use.</remarks>
internal sealed record StaticModel(StaticTokenizer Tokenizer, TokenVectors Vectors, ModelPrompts Prompts, float? SmallestNorm)
{
    /// <summary>The vector of a text's tokens; zeros where there are none.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="dimensions">How many dimensions are kept, at most the model's.</param>
    public float[] Embed(ReadOnlySpan<int> ids, int dimensions)
    {
        float[] vector = new float[Vectors.Dimensions];
        Vectors.Mean(ids, vector);
        return Finish(vector, dimensions);
    }

    /// <summary>The vector of a text that is read in windows; of one window, its own.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="dimensions">How many dimensions are kept, at most the model's.</param>
    public float[] Embed(TokenizedText[] windows, int dimensions) => windows is [{ } whole]
        ? Embed(whole.Ids, dimensions)
        : Finish(TextWindows.Mean(windows, Array.ConvertAll(windows, window => Embed(window.Ids, Vectors.Dimensions))), dimensions);

    private float[] Finish(float[] vector, int dimensions)
    {
        if (dimensions < vector.Length)
        {
            vector = vector[..dimensions];
        }

        if (SmallestNorm is { } floor)
        {
            TensorPrimitives.Divide(vector, Math.Max(TensorPrimitives.Norm<float>(vector), floor), vector);
        }

        return vector;
    }
}
