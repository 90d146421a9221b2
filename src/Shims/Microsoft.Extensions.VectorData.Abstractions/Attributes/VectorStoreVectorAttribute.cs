namespace Microsoft.Extensions.VectorData;

/// <summary>Marks a property that holds a vector, or the value that a vector is made from.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class VectorStoreVectorAttribute : Attribute
{
    /// <summary>Marks a vector property.</summary>
    /// <param name="Dimensions">The vector's number of dimensions, at least 1. Pass it by position: its name differs between versions.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="Dimensions"/> is below 1.</exception>
    public VectorStoreVectorAttribute(int Dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Dimensions);
        this.Dimensions = Dimensions;
    }

    /// <summary>The vector's number of dimensions.</summary>
    public int Dimensions { get; }

    /// <summary>The kind of index to search with, one of <see cref="VectorData.IndexKind"/> or a name that the store defines.</summary>
    /// <value>Null for the store's default. The default is null.</value>
    public string? IndexKind { get; init; }

    /// <summary>How vectors are compared, one of <see cref="VectorData.DistanceFunction"/> or a name that the store defines.</summary>
    /// <value>Null for the store's default. The default is null.</value>
    public string? DistanceFunction { get; init; }

    /// <summary>The property's name in the store.</summary>
    /// <value>Null for the property's own name. The default is null.</value>
    public string? StorageName { get; init; }
}
