using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.VectorData;

/// <summary>Describes a property that holds a vector, or the value that a vector is made from.</summary>
public class VectorStoreVectorProperty : VectorStoreProperty
{
    /// <summary>Describes a vector property whose type is read from the record's type.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="dimensions">The vector's number of dimensions, at least 1.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    public VectorStoreVectorProperty(string name, int dimensions)
        : base(name, type: null)
    {
        Dimensions = dimensions;
    }

    /// <summary>Describes a vector property.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="type">The property's type.</param>
    /// <param name="dimensions">The vector's number of dimensions, at least 1.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    public VectorStoreVectorProperty(string name, Type type, int dimensions)
        : base(name, type)
    {
        Dimensions = dimensions;
    }

    /// <summary>Makes this property's vectors.</summary>
    /// <value>Null to use the definition's, then the store's. The default is null.</value>
    public IEmbeddingGenerator? EmbeddingGenerator { get; set; }

    /// <summary>The vector's number of dimensions.</summary>
    /// <value>At least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Dimensions
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    }

    /// <summary>The kind of index to search with, one of <see cref="VectorData.IndexKind"/> or a name that the store defines.</summary>
    /// <value>Null for the store's default. The default is null.</value>
    public string? IndexKind { get; set; }

    /// <summary>How vectors are compared, one of <see cref="VectorData.DistanceFunction"/> or a name that the store defines.</summary>
    /// <value>Null for the store's default. The default is null.</value>
    public string? DistanceFunction { get; set; }

    /// <summary>The type of embedding that the generator should make.</summary>
    /// <value>Null for the store's default, as a rule <c>Embedding&lt;float&gt;</c>. The default is null.</value>
    public Type? EmbeddingType { get; set; }
}
