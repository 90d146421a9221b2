using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Records;

/// <summary>A type that holds a vector: how its values are read and made.</summary>
/// <remarks>A row's slot for a vector holds null where there is none, and else <see cref="Present"/> or what is to be said beside the numbers; a sparse
/// vector stands there itself.</remarks>
internal sealed class VectorFormat
{
    public const string SupportedTypes = "ReadOnlyMemory<float>, float[], Embedding<float>, ReadOnlyMemory<Half>, Half[], Embedding<Half>";

    public static readonly object Present = new();

    private static readonly Dictionary<Type, VectorFormat> Formats = new()
    {
        [typeof(ReadOnlyMemory<float>)] = new(isHalf: false, static (vector, _, _) => new ReadOnlyMemory<float>(vector)),
        [typeof(ReadOnlyMemory<float>?)] = new(isHalf: false, static (vector, _, _) => new ReadOnlyMemory<float>(vector)),
        [typeof(float[])] = new(isHalf: false, static (vector, _, _) => vector),
        [typeof(Embedding<float>)] = new(isHalf: false, static (vector, mark, _) => Like(new Embedding<float>(vector), mark)),
        [typeof(ReadOnlyMemory<Half>)] = new(isHalf: true, static (vector, _, _) => new ReadOnlyMemory<Half>(Narrow(vector))),
        [typeof(ReadOnlyMemory<Half>?)] = new(isHalf: true, static (vector, _, _) => new ReadOnlyMemory<Half>(Narrow(vector))),
        [typeof(Half[])] = new(isHalf: true, static (vector, _, _) => Narrow(vector)),
        [typeof(SparseEmbedding)] = new(isHalf: false, static (_, mark, _) => Copy((SparseEmbedding)mark)) { Kind = VectorKind.Sparse },
        [typeof(MultiVectorEmbedding)] = new(isHalf: false, static (vectors, mark, dimensions) => Like(new MultiVectorEmbedding(vectors, dimensions), mark)) { Kind = VectorKind.Multi },
        [typeof(Embedding<Half>)] = new(isHalf: true, static (vector, mark, _) => Like(new Embedding<Half>(Narrow(vector)), mark)),
    };

    private readonly Func<float[], object, int, object> _make;

    private VectorFormat(bool isHalf, Func<float[], object, int, object> make)
    {
        IsHalf = isHalf;
        _make = make;
    }

    /// <summary>Whether the numbers are Half, and stored so.</summary>
    public bool IsHalf { get; }

    /// <summary>What the vectors are.</summary>
    public VectorKind Kind { get; private init; }

    /// <summary>What a row keeps of a dense vector, or of several, that say when and by what they were made.</summary>
    public static object Described(DateTimeOffset? createdAt, string? modelId) => new Embedding<float>(default) { CreatedAt = createdAt, ModelId = modelId };

    /// <summary>Finds the format of a type; null for a type that holds no vector.</summary>
    public static VectorFormat? Find(Type type) => Formats.GetValueOrDefault(type);

    /// <summary>Reads the vector of any kind that a value holds, as <see cref="Read"/> does.</summary>
    public static Microsoft.Extensions.AI.Embedding? ReadEmbedding(object? value) =>
        value is SparseEmbedding or MultiVectorEmbedding ? (Microsoft.Extensions.AI.Embedding)value : Read(value) is { } vector ? new Embedding<float>(vector) : null;

    /// <summary>
    /// Copies the numbers of a vector, which is <c>Embedding&lt;float&gt;</c>, <see cref="SparseEmbedding"/> or <see cref="MultiVectorEmbedding"/>, and what a sparse one says of itself.
    /// </summary>
    public static Microsoft.Extensions.AI.Embedding Copy(Microsoft.Extensions.AI.Embedding vector) => vector switch
    {
        SparseEmbedding sparse => Copy(sparse),
        MultiVectorEmbedding multi => new MultiVectorEmbedding(multi.Vectors.ToArray(), multi.Dimensions),
        _ => new Embedding<float>(((Embedding<float>)vector).Vector.ToArray()),
    };

    /// <summary>Reads the dense vector that a value holds.</summary>
    /// <returns>The caller's memory, or memory of its own where the numbers had to be widened; null where the value is null or no vector.</returns>
    public static ReadOnlyMemory<float>? Read(object? value) => value switch
    {
        ReadOnlyMemory<float> memory => memory,
        float[] array => array,
        Embedding<float> embedding => embedding.Vector,
        ReadOnlyMemory<Half> memory => Widen(memory.Span),
        Half[] array => Widen(array),
        Embedding<Half> embedding => Widen(embedding.Vector.Span),
        _ => default(ReadOnlyMemory<float>?),
    };

    /// <summary>What a row keeps of a vector's value beside the numbers: a text, for filters, and what an embedding says of itself.</summary>
    public static object MarkOf(object? value) => value switch
    {
        string text => text,
        SparseEmbedding sparse => Copy(sparse),
        Microsoft.Extensions.AI.Embedding embedding when embedding.CreatedAt is not null || embedding.ModelId is not null || embedding.AdditionalProperties is not null =>
            Like(new Embedding<float>(default), embedding),
        _ => Present,
    };

    /// <summary>Makes a value of this format.</summary>
    /// <param name="vector">The vector, which the value may keep; several one after another; empty for a sparse one, which is the mark.</param>
    /// <param name="mark">What the row keeps beside it.</param>
    /// <param name="dimensions">How long each vector is.</param>
    public object Make(float[] vector, object mark, int dimensions) => _make(vector, mark, dimensions);

    private static SparseEmbedding Copy(SparseEmbedding vector) =>
        Like(new SparseEmbedding(vector.Indices.ToArray(), vector.Weights.ToArray(), vector.Dimensions), vector);

    private static T Like<T>(T embedding, object mark)
        where T : Microsoft.Extensions.AI.Embedding
    {
        if (mark is Microsoft.Extensions.AI.Embedding like)
        {
            embedding.CreatedAt = like.CreatedAt;
            embedding.ModelId = like.ModelId;
            embedding.AdditionalProperties = like.AdditionalProperties?.Clone();
        }

        return embedding;
    }

    private static Half[] Narrow(float[] vector)
    {
        Half[] narrowed = new Half[vector.Length];
        TensorPrimitives.ConvertToHalf(vector, narrowed);
        return narrowed;
    }

    private static float[] Widen(ReadOnlySpan<Half> vector)
    {
        float[] widened = new float[vector.Length];
        TensorPrimitives.ConvertToSingle(vector, widened);
        return widened;
    }
}
