namespace Microsoft.Extensions.VectorData;

/// <summary>Describes a property of any type that a generator turns into a vector.</summary>
/// <typeparam name="TInput">The property's type, which the generator takes.</typeparam>
public class VectorStoreVectorProperty<TInput> : VectorStoreVectorProperty
{
    /// <summary>Describes a vector property.</summary>
    /// <param name="propertyName">The property's name.</param>
    /// <param name="dimensions">The vector's number of dimensions, at least 1.</param>
    /// <exception cref="ArgumentException"><paramref name="propertyName"/> is null or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1.</exception>
    public VectorStoreVectorProperty(string propertyName, int dimensions)
        : base(propertyName, typeof(TInput), dimensions)
    {
    }
}
