namespace Microsoft.Extensions.VectorData;

/// <summary>Describes one property of a record.</summary>
public abstract class VectorStoreProperty
{
    private protected VectorStoreProperty(string name, Type? type)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Type = type;
    }

    /// <summary>The property's name on the record's type, or its key in a dictionary record.</summary>
    public string Name { get; set; }

    /// <summary>The property's name in the store.</summary>
    /// <value>Null for <see cref="Name"/>. The default is null.</value>
    public string? StorageName { get; set; }

    /// <summary>The property's type.</summary>
    /// <value>Null to read it from the record's type; dictionary records need it.</value>
    public Type? Type { get; set; }

    /// <summary>Settings for one store alone; other stores ignore them.</summary>
    /// <value>The default is null.</value>
    public Dictionary<string, object?>? ProviderAnnotations { get; set; }
}
