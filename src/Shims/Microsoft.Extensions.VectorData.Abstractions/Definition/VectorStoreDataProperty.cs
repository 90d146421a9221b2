namespace Microsoft.Extensions.VectorData;

/// <summary>Describes a property that holds data: neither the key nor a vector.</summary>
public sealed class VectorStoreDataProperty : VectorStoreProperty
{
    /// <summary>Describes a data property.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="type">The property's type, or null to read it from the record's type.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank.</exception>
    public VectorStoreDataProperty(string name, Type? type = null)
        : base(name, type)
    {
    }

    /// <summary>Whether the store should index the property for filters.</summary>
    /// <value>The default is false.</value>
    public bool IsIndexed { get; set; }

    /// <summary>Whether the store should index the property's words for keyword search.</summary>
    /// <value>The default is false.</value>
    public bool IsFullTextIndexed { get; set; }
}
