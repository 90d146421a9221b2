using System.Globalization;
using System.Numerics.Tensors;
using LocalRetrieval.VectorData.Embedding;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Records;

/// <summary>A property that holds a vector, or the value that one is made from.</summary>
internal sealed class VectorProperty(
    string name, Type type, string? storageName, int dimensions, bool isHalf, VectorKind kind, VectorMeasure measure, IEmbeddingGenerator? generator, InputEmbedder? embedder)
    : RecordProperty(name, type, storageName)
{
    private static readonly MultiVectorOptions NoOptions = new();

    private readonly VectorFormat? _format = VectorFormat.Find(type);
    private volatile PropertyEncoder? _encoder;

    public int Dimensions => dimensions;

    /// <summary>Whether the vectors are stored as Half, and not as float32.</summary>
    public bool IsHalf => isHalf;

    /// <summary>What the vectors are.</summary>
    public VectorKind Kind => kind;

    /// <summary>Whether the vectors are <see cref="SparseEmbedding"/> in an inverted index, and not in blocks.</summary>
    public bool IsSparse => kind == VectorKind.Sparse;

    /// <summary>Whether a record has several vectors, a <see cref="MultiVectorEmbedding"/>.</summary>
    public bool IsMulti => kind == VectorKind.Multi;

    /// <summary>How several vectors a record are kept and found; of no other kind anybody asks.</summary>
    public MultiVectorOptions MultiVectors { get; init; } = NoOptions;

    /// <summary>How several vectors a record are written as numbers.</summary>
    public TokenFormat Tokens => field ??= new TokenFormat(dimensions, MultiVectors.Quantization == MultiVectorQuantization.Int8);

    /// <summary>The types of vectors that the property can be searched by.</summary>
    public string SupportedTypes => kind switch
    {
        VectorKind.Sparse => nameof(SparseEmbedding),
        VectorKind.Multi => nameof(MultiVectorEmbedding),
        _ => VectorFormat.SupportedTypes,
    };

    public VectorMeasure Measure => measure;

    /// <summary>Which index finds the vectors. It is made of what is stored, and no part of it: a collection may be opened with another one.</summary>
    public VectorIndexSettings Index { get; init; } = VectorIndexSettings.Flat;

    public VectorIndexKind IndexKind => Index.Kind;

    public VectorIndexOptions IndexOptions => Index.Options;

    public ExactSearch Search { get; } = new(measure, dimensions);

    /// <summary>Searches several vectors a record.</summary>
    public MaxSimSearch MaxSim => field ??= new MaxSimSearch(Tokens);

    /// <summary>Makes vectors of what is searched for, and of the property's values where they are none.</summary>
    public IEmbeddingGenerator? Generator => generator;

    /// <summary>How errors name the generator: by its model, or else by its type.</summary>
    public string GeneratorName => generator?.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelId is { } model ? $"'{model}'" : generator?.GetType().Name ?? "nothing";

    /// <summary>Makes vectors of the property's values; null where they are vectors.</summary>
    public InputEmbedder? Embedder => embedder;

    /// <summary>How the record holds its vector; null where it holds something that a vector is made from.</summary>
    public VectorFormat? Format => _format;

    /// <summary>The place of the property's vectors among those of a table. The model sets it.</summary>
    public int Column { get; set; }

    /// <summary>A property that stores the same and makes no vectors. It is yet to be placed.</summary>
    public VectorProperty WithoutGenerator(int? otherDimensions = null) => new(Name, Type, StorageName, otherDimensions ?? dimensions, isHalf, kind, measure, generator: null, embedder: null)
    {
        Index = Index,
        MultiVectors = MultiVectors,
    };

    /// <summary>Says why a vector cannot be one of this property, or null where it can.</summary>
    public string? FindFault(ReadOnlySpan<float> vector)
    {
        if (vector.Length != dimensions)
        {
            return WrongLength(vector.Length);
        }

        int index = FindUnfit(vector);
        return index < 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"has {vector[index]} at index {index}, and property '{Name}' takes finite numbers{(isHalf ? " of the range of Half" : "")} only");
    }

    /// <summary>Says why a vector of any kind cannot be one of this property, or null where it can.</summary>
    public string? FindFault(Microsoft.Extensions.AI.Embedding? vector) => vector switch
    {
        // A generator may be anyone's.
        null => "is null",
        SparseEmbedding sparse when kind == VectorKind.Sparse => FindFault(sparse),
        MultiVectorEmbedding multi when kind == VectorKind.Multi => FindFault(multi),
        Embedding<float> dense when kind == VectorKind.Dense => FindFault(dense.Vector.Span),
        _ => $"is {(vector is SparseEmbedding ? "sparse" : vector is MultiVectorEmbedding ? "of several vectors" : "dense")}, and property '{Name}' takes {SupportedTypes}",
    };

    /// <summary>What the generator, which there must be, says of its encoder. It is asked once, on the thread pool, since that may load a model.</summary>
    public async ValueTask<PropertyEncoder> FindEncoderAsync(CancellationToken cancellationToken) =>
        _encoder ??= await Task.Run(() => PropertyEncoder.Ask(generator!, this), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);

    public override string Describe() => Describe($" with {dimensions} dimensions");

    public override string DescribeWithoutDimensions() => Describe("");

    private string Describe(string length) => kind switch
    {
        VectorKind.Sparse => $"sparse vector '{StorageName}'{length}",
        VectorKind.Multi => $"several vectors '{StorageName}'{length}{(Tokens.IsQuantized ? " of int8" : "")}",
        _ => $"vector '{StorageName}'{length}{(isHalf ? " of Half" : "")} compared by {measure.Name}",
    };

    private string WrongLength(int length) => $"has {length} dimensions, and property '{Name}' has {dimensions}";

    private string? FindFault(SparseEmbedding vector)
    {
        if (vector.Dimensions != dimensions)
        {
            return WrongLength(vector.Dimensions);
        }

        ReadOnlySpan<float> weights = vector.Weights.Span;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!float.IsFinite(weights[i]) || weights[i] < 0)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"has the weight {weights[i]} at index {vector.Indices.Span[i]}, and property '{Name}' takes finite weights of at least 0 only");
            }
        }

        return null;
    }

    private string? FindFault(MultiVectorEmbedding vectors)
    {
        if (vectors.Dimensions != dimensions)
        {
            return $"has vectors of {vectors.Dimensions} dimensions, and property '{Name}' has such of {dimensions}";
        }

        ReadOnlySpan<float> numbers = vectors.Vectors.Span;

        // In one step for many numbers; of a NaN nothing is true.
        if (numbers.IsEmpty || MathF.Abs(TensorPrimitives.MaxMagnitude(numbers)) <= TokenFormat.Greatest)
        {
            return null;
        }

        int index = numbers.IndexOfAnyExceptInRange(-TokenFormat.Greatest, TokenFormat.Greatest);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"has {numbers[index]} at index {index % dimensions} of vector {index / dimensions}, and property '{Name}' takes numbers from {-TokenFormat.Greatest} to {TokenFormat.Greatest} only");
    }

    private int FindUnfit(ReadOnlySpan<float> vector)
    {
        if (!isHalf && TensorPrimitives.IsFiniteAll(vector))
        {
            return -1;
        }

        for (int i = 0; i < vector.Length; i++)
        {
            if (isHalf ? !Half.IsFinite((Half)vector[i]) : !float.IsFinite(vector[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
