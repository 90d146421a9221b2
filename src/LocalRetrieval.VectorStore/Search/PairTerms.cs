using System.Numerics;

namespace LocalRetrieval.VectorData.Search;

/// <summary>The terms of the sums that distance functions are made of.</summary>
internal static class PairTerms
{
    /// <summary>x·y, of the dot product and the cosine.</summary>
    public readonly struct Product : IPairTerm
    {
        public static Vector<float> Add(Vector<float> sum, Vector<float> x, Vector<float> y) => Vector.MultiplyAddEstimate(x, y, sum);

        public static float Add(float sum, float x, float y) => sum + (x * y);

        public static double Of(double x, double y) => x * y;
    }

    /// <summary>(x − y)², of the Euclidean distance and its square.</summary>
    public readonly struct SquaredDifference : IPairTerm
    {
        public static Vector<float> Add(Vector<float> sum, Vector<float> x, Vector<float> y)
        {
            Vector<float> difference = x - y;
            return Vector.MultiplyAddEstimate(difference, difference, sum);
        }

        public static float Add(float sum, float x, float y) => sum + ((x - y) * (x - y));

        public static double Of(double x, double y) => (x - y) * (x - y);
    }

    /// <summary>|x − y|, of the Manhattan distance.</summary>
    public readonly struct AbsoluteDifference : IPairTerm
    {
        public static Vector<float> Add(Vector<float> sum, Vector<float> x, Vector<float> y) => sum + Vector.Abs(x - y);

        public static float Add(float sum, float x, float y) => sum + MathF.Abs(x - y);

        public static double Of(double x, double y) => Math.Abs(x - y);
    }

    /// <summary>1 where x and y differ, of the Hamming distance.</summary>
    public readonly struct Inequality : IPairTerm
    {
        public static Vector<float> Add(Vector<float> sum, Vector<float> x, Vector<float> y) =>
            sum + Vector.ConditionalSelect(Vector.Equals(x, y), Vector<float>.Zero, Vector<float>.One);

        public static float Add(float sum, float x, float y) => x == y ? sum : sum + 1;

        public static double Of(double x, double y) => x == y ? 0 : 1;
    }
}
