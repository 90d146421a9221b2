using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Records;

/// <summary>The types that hold a vector, and how to read and make their values.</summary>
internal static class VectorValue
{
    public const string SupportedTypes = "ReadOnlyMemory<float>, float[], Embedding<float>";

    public static bool IsVector(Type type) =>
        type == typeof(ReadOnlyMemory<float>) || type == typeof(ReadOnlyMemory<float>?) || type == typeof(float[]) || type == typeof(Embedding<float>);

    /// <summary>Reads the vector that a value holds.</summary>
    /// <returns>The caller's memory, or null where the value is null or no vector.</returns>
    public static ReadOnlyMemory<float>? Read(object? value) => value switch
    {
        ReadOnlyMemory<float> memory => memory,
        float[] array => array,
        Embedding<float> embedding => embedding.Vector,
        _ => default(ReadOnlyMemory<float>?),
    };

    /// <summary>Makes a value that holds <paramref name="vector"/> and is like <paramref name="value"/> in all else.</summary>
    public static object With(object value, float[] vector) => value switch
    {
        float[] => vector,
        Embedding<float> embedding => new Embedding<float>(vector)
        {
            CreatedAt = embedding.CreatedAt,
            ModelId = embedding.ModelId,
            AdditionalProperties = embedding.AdditionalProperties?.Clone(),
        },
        _ => new ReadOnlyMemory<float>(vector),
    };
}
