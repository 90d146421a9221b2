using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Search;

/// <summary>A distance function: the sum it is made of, its direction and its score.</summary>
/// <remarks>Searches order rows by nearness, a number that is higher for nearer rows; only what is found gets a score.</remarks>
internal sealed class VectorMeasure
{
    // Below this length the inverse is left to double precision: float has too few digits for such small products.
    private const double LeastNorm = 1e-30;

    private static readonly VectorMeasure[] All =
    [
        new(DistanceFunction.CosineSimilarity, PairKernel.Product, 1, static nearness => nearness) { IsCosine = true, HigherIsNearer = true },
        new(DistanceFunction.CosineDistance, PairKernel.Product, 1, static nearness => 1 - nearness) { IsCosine = true },
        new(DistanceFunction.DotProductSimilarity, PairKernel.Product, 1, static nearness => nearness) { HigherIsNearer = true },
        new(DistanceFunction.NegativeDotProductSimilarity, PairKernel.Product, 1, static nearness => -nearness),
        new(DistanceFunction.EuclideanDistance, PairKernel.SquaredDifference, -1, static nearness => Math.Sqrt(-nearness)),
        new(DistanceFunction.EuclideanSquaredDistance, PairKernel.SquaredDifference, -1, static nearness => -nearness),
        new(DistanceFunction.ManhattanDistance, PairKernel.AbsoluteDifference, -1, static nearness => -nearness),
        new(DistanceFunction.HammingDistance, PairKernel.Inequality, -1, static nearness => -nearness),
    ];

    private readonly Func<double, double> _score;

    private VectorMeasure(string name, PairKernel kernel, int sign, Func<double, double> score)
    {
        Name = name;
        Kernel = kernel;
        Sign = sign;
        _score = score;
    }

    public static string SupportedNames { get; } = string.Join(", ", All.Select(measure => measure.Name));

    /// <summary>The names of those that <see cref="ComparesSigns"/> holds for.</summary>
    public static string NamesBySigns { get; } = string.Join(", ", All.Where(measure => measure.ComparesSigns).Select(measure => measure.Name));

    public string Name { get; }

    public PairKernel Kernel { get; }

    /// <summary>What turns the kernel's sum into nearness.</summary>
    public int Sign { get; }

    /// <summary>Whether the length of vectors does not count.</summary>
    public bool IsCosine { get; private init; }

    /// <summary>Whether a rotation leaves it as it is, so that the signs of rotated vectors say how near they are.</summary>
    public bool ComparesSigns => Kernel == PairKernel.Product || Kernel == PairKernel.SquaredDifference;

    /// <summary>Whether a higher score is a nearer row.</summary>
    public bool HigherIsNearer { get; private init; }

    /// <summary>Finds the measure of a name; null is the default, the cosine similarity.</summary>
    /// <returns>The measure, or null where there is none.</returns>
    public static VectorMeasure? Find(string? name) => Array.Find(All, measure => measure.Name == (name ?? DistanceFunction.CosineSimilarity));

    /// <summary>What a row's sum is multiplied with for the cosine: one over the row's length; 0 for a zero vector, infinity for one too short for floats.</summary>
    public static float ScaleOf(ReadOnlySpan<float> row)
    {
        double norm = Norm(row);
        return norm == 0 ? 0 : norm < LeastNorm ? float.PositiveInfinity : (float)(1 / norm);
    }

    /// <summary>Makes a vector of length 1 out of each vector; zero vectors stay. Source and target may be the same.</summary>
    public static void Normalize(ReadOnlySpan<float> vectors, int dimensions, Span<float> normalized)
    {
        for (int start = 0; start < vectors.Length; start += dimensions)
        {
            ReadOnlySpan<float> vector = vectors.Slice(start, dimensions);
            double norm = Norm(vector);
            for (int i = 0; i < dimensions; i++)
            {
                normalized[start + i] = norm == 0 ? 0 : (float)(vector[i] / norm);
            }
        }
    }

    /// <summary>The score of a row of this nearness.</summary>
    public double Score(double nearness) => _score(nearness);

    /// <summary>Whether a score is at least as near as <paramref name="threshold"/>.</summary>
    public bool Passes(double score, double threshold) => HigherIsNearer ? score >= threshold : score <= threshold;

    /// <summary>The nearness of a pair by its kernel's sum, which is finite, times the sign, and times the row's scale where it has one.</summary>
    public double Nearness(float sum) => IsCosine ? Math.Clamp((double)sum, -1, 1) : sum;

    /// <summary>The nearness of a pair whose sum is not finite in floats.</summary>
    /// <param name="query">The query; of length 1 for the cosine.</param>
    /// <param name="row">The row.</param>
    public double NearnessInDouble(ReadOnlySpan<float> query, ReadOnlySpan<float> row)
    {
        double sum = Kernel.SumInDouble(query, row);
        return IsCosine ? Math.Clamp(sum / Norm(row), -1, 1) : sum * Sign;
    }

    /// <summary>A vector's length: in double precision, where the squares of all finite floats are finite and none but zero's is zero.</summary>
    public static double Norm(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        foreach (float value in vector)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }
}
