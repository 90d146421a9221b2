namespace LocalRetrieval.VectorData.Search;

/// <summary>A vector of finite numbers that nobody changes.</summary>
internal sealed class StoredVector
{
    private StoredVector(float[] values)
    {
        Values = values;
        InverseNorm = Invert(values);
    }

    public float[] Values { get; }

    /// <summary>One over the vector's length; zero for a zero vector, whose cosine with anything is then zero.</summary>
    public double InverseNorm { get; }

    /// <summary>Copies <paramref name="values"/>.</summary>
    public static StoredVector Copy(ReadOnlySpan<float> values) => new(values.ToArray());

    // In double precision, where the squares of all finite floats are finite and none but zero's is zero.
    private static double Invert(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum == 0 ? 0 : 1 / Math.Sqrt(sum);
    }
}
