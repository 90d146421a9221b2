namespace LocalRetrieval.VectorData.Records;

/// <summary>A property of a record that the store keeps.</summary>
internal abstract class RecordProperty(string name, Type type, string? storageName)
{
    public string Name => name;

    public Type Type => type;

    public string StorageName { get; } = storageName ?? name;

    /// <summary>The property's place in a row's values. The model sets it.</summary>
    public int Slot { get; set; }

    /// <summary>What two descriptions of the property must agree on, in words.</summary>
    public abstract string Describe();

    /// <summary>The same, whatever the dimensions of a vector.</summary>
    public virtual string DescribeWithoutDimensions() => Describe();
}
