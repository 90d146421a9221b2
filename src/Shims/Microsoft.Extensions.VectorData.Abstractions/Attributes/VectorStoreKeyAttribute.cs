namespace Microsoft.Extensions.VectorData;

/// <summary>Marks the property that holds a record's key.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = false)]
public sealed class VectorStoreKeyAttribute : Attribute
{
    /// <summary>The property's name in the store.</summary>
    /// <value>Null for the property's own name. The default is null.</value>
    public string? StorageName { get; init; }
}
