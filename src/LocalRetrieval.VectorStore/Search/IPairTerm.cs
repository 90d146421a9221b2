using System.Numerics;

namespace LocalRetrieval.VectorData.Search;

/// <summary>What two vectors' components add to the sum that compares the vectors.</summary>
internal interface IPairTerm
{
    static abstract Vector<float> Add(Vector<float> sum, Vector<float> x, Vector<float> y);

    static abstract float Add(float sum, float x, float y);

    /// <summary>The term alone, where floats would overflow.</summary>
    static abstract double Of(double x, double y);
}
