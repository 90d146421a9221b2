using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Tells similarities, of which higher is better, from distances.</summary>
internal static class ScoreDirection
{
    /// <summary>Whether the scores of the searched vector are distances, by its distance function.</summary>
    /// <returns>Null where that is not known. A function that is not named is the store's default, which differs between stores.</returns>
    public static bool? IsDistance<TRecord>(PassageRetrieverOptions<TRecord> options)
        where TRecord : class => FunctionOf(options) switch
        {
            DistanceFunction.CosineSimilarity or DistanceFunction.DotProductSimilarity => false,
            DistanceFunction.CosineDistance or DistanceFunction.NegativeDotProductSimilarity or DistanceFunction.EuclideanDistance
                or DistanceFunction.EuclideanSquaredDistance or DistanceFunction.ManhattanDistance or DistanceFunction.HammingDistance => true,
            _ => null,
        };

    /// <summary>Whether scores are distances, by their order: stores give the best first.</summary>
    /// <returns>False where they are all alike.</returns>
    public static bool IsRising<TRecord>(List<VectorSearchResult<TRecord>> found)
        where TRecord : class
    {
        double? first = found.Find(result => double.IsFinite(result.Score ?? double.NaN))?.Score;
        double? last = found.FindLast(result => double.IsFinite(result.Score ?? double.NaN))?.Score;
        return first < last;
    }

    private static string? FunctionOf<TRecord>(PassageRetrieverOptions<TRecord> options)
        where TRecord : class
    {
        (string Name, string? Function)[] vectors = options.Definition is { } definition
            ? [.. definition.Properties.OfType<VectorStoreVectorProperty>().Select(property => (property.Name, property.DistanceFunction))]
            : [.. Attributed(typeof(TRecord))];
        string? searched = VectorName.Of(options.VectorProperty);
        return vectors.Length == 1 ? vectors[0].Function : Array.Find(vectors, vector => vector.Name == searched).Function;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Who maps records without a definition keeps their properties for the store.")]
    private static IEnumerable<(string Name, string? Function)> Attributed(Type record) =>
        from property in record.GetProperties()
        let attribute = property.GetCustomAttribute<VectorStoreVectorAttribute>()
        where attribute is not null
        select (property.Name, attribute.DistanceFunction);
}
