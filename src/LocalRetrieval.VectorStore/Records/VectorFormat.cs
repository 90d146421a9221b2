using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Records;

/// <summary>A type that holds a vector: how its values are read and made.</summary>
/// <remarks>A row's slot for a vector holds null where there is none, and else <see cref="Present"/> or what is to be said beside the numbers.</remarks>
internal sealed class VectorFormat
{
    public const string SupportedTypes = "ReadOnlyMemory<float>, float[], Embedding<float>";

    public static readonly object Present = new();

    private static readonly VectorFormat Memory = new(static (vector, _) => new ReadOnlyMemory<float>(vector));
    private static readonly VectorFormat Array = new(static (vector, _) => vector);
    private static readonly VectorFormat Embedding = new(MakeEmbedding);

    private readonly Func<float[], object, object> _make;

    private VectorFormat(Func<float[], object, object> make) => _make = make;

    /// <summary>Finds the format of a type; null for a type that holds no vector.</summary>
    public static VectorFormat? Find(Type type) =>
        type == typeof(ReadOnlyMemory<float>) || type == typeof(ReadOnlyMemory<float>?) ? Memory
        : type == typeof(float[]) ? Array
        : type == typeof(Embedding<float>) ? Embedding
        : null;

    /// <summary>Reads the vector that a value holds.</summary>
    /// <returns>The caller's memory, or null where the value is null or no vector.</returns>
    public static ReadOnlyMemory<float>? Read(object? value) => value switch
    {
        ReadOnlyMemory<float> memory => memory,
        float[] array => array,
        Embedding<float> embedding => embedding.Vector,
        _ => default(ReadOnlyMemory<float>?),
    };

    /// <summary>What a row keeps of a vector's value beside the numbers: a text, for filters, and what an embedding says of itself.</summary>
    public static object MarkOf(object? value) => value switch
    {
        string text => text,
        Embedding<float> embedding when embedding.CreatedAt is not null || embedding.ModelId is not null || embedding.AdditionalProperties is not null =>
            MakeEmbedding([], embedding),
        _ => Present,
    };

    /// <summary>Makes a value of this format.</summary>
    /// <param name="vector">The vector, which the value keeps.</param>
    /// <param name="mark">What the row keeps beside it.</param>
    public object Make(float[] vector, object mark) => _make(vector, mark);

    private static Embedding<float> MakeEmbedding(float[] vector, object mark) => mark is not Embedding<float> like
        ? new Embedding<float>(vector)
        : new Embedding<float>(vector)
        {
            CreatedAt = like.CreatedAt,
            ModelId = like.ModelId,
            AdditionalProperties = like.AdditionalProperties?.Clone(),
        };
}
