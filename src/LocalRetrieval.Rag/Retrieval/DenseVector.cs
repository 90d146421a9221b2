using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Reads vectors as records hold them.</summary>
internal static class DenseVector
{
    /// <summary>The vector; empty where it is none of numbers of single precision.</summary>
    public static ReadOnlyMemory<float> Of(object? value) => value switch
    {
        ReadOnlyMemory<float> vector => vector,
        Embedding<float> embedding => embedding.Vector,
        float[] vector => vector,
        _ => default,
    };

    /// <summary>The cosine of two vectors; −1 where they have none.</summary>
    public static double Cosine(ReadOnlyMemory<float> left, ReadOnlyMemory<float> right) =>
        left.Length == right.Length && left.Length > 0 && TensorPrimitives.CosineSimilarity(left.Span, right.Span) is var cosine && float.IsFinite(cosine) ? cosine : -1;
}
