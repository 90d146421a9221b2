using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Codes;

/// <summary>Each kind of codes with each measure that it can have.</summary>
internal static class CodeKinds
{
    private static readonly string[] Functions =
    [
        DistanceFunction.CosineSimilarity, DistanceFunction.CosineDistance, DistanceFunction.DotProductSimilarity,
        DistanceFunction.NegativeDotProductSimilarity, DistanceFunction.EuclideanDistance, DistanceFunction.EuclideanSquaredDistance,
        DistanceFunction.ManhattanDistance, DistanceFunction.HammingDistance,
    ];

    public static IEnumerable<(VectorQuantization Quantization, string Function)> All =>
        from quantization in new[] { VectorQuantization.Half, VectorQuantization.Int8, VectorQuantization.Binary }
        from function in Functions
        where quantization != VectorQuantization.Binary || VectorMeasure.Find(function)!.ComparesSigns
        select (quantization, function);

    public static TheoryData<VectorQuantization, string> Theory
    {
        get
        {
            TheoryData<VectorQuantization, string> theory = [];
            foreach ((VectorQuantization quantization, string function) in All)
            {
                theory.Add(quantization, function);
            }

            return theory;
        }
    }
}
