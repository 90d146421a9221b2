using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Records;

/// <summary>A property that holds a vector, or the text that one is made from.</summary>
internal sealed class VectorProperty(PropertyInfo member, string? storageName, int dimensions, DistanceMeasure measure, IEmbeddingGenerator? generator)
    : RecordProperty(member, storageName)
{
    public int Dimensions => dimensions;

    public DistanceMeasure Measure => measure;

    public IEmbeddingGenerator? Generator => generator;

    /// <summary>Whether the record holds a text, and its vector is kept beside it.</summary>
    public bool IsText => Type == typeof(string);

    public static bool IsSupported(Type type) => type == typeof(string) || VectorValue.IsVector(type);

    /// <summary>Says why a vector cannot be one of this property, or null where it can.</summary>
    public string? FindFault(ReadOnlySpan<float> vector)
    {
        if (vector.Length != dimensions)
        {
            return $"has {vector.Length} dimensions, and property '{Name}' has {dimensions}";
        }

        if (TensorPrimitives.IsFiniteAll(vector))
        {
            return null;
        }

        int index = 0;
        while (float.IsFinite(vector[index]))
        {
            index++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"has {vector[index]} at index {index}, and property '{Name}' takes finite numbers only");
    }

    public override string Describe() => $"vector {base.Describe()} with {dimensions} dimensions compared by {measure.Name}";
}
