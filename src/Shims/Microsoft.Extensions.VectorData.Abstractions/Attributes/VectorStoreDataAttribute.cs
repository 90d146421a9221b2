namespace Microsoft.Extensions.VectorData;

/// <summary>Marks a property that holds data: neither the key nor a vector.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class VectorStoreDataAttribute : Attribute
{
    /// <summary>Whether the store should index the property for filters.</summary>
    /// <value>The default is false.</value>
    public bool IsIndexed { get; init; }

    /// <summary>Whether the store should index the property's words for keyword search.</summary>
    /// <value>The default is false.</value>
    public bool IsFullTextIndexed { get; init; }

    /// <summary>The property's name in the store.</summary>
    /// <value>Null for the property's own name. The default is null.</value>
    public string? StorageName { get; init; }
}
