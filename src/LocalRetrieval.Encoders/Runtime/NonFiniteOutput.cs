using System.Globalization;

namespace LocalRetrieval.Encoders;

/// <summary>Refuses what a broken model or an overflow gives, by the text's index.</summary>
internal static class NonFiniteOutput
{
    /// <exception cref="InvalidOperationException">A value is NaN or infinite.</exception>
    public static void Refuse(ReadOnlySpan<float> values, string modelId, string input, int index)
    {
        // NaN is outside of every range.
        if (values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The model '{modelId}' gave NaN or infinity for the {input} at index {index}."));
        }
    }
}
