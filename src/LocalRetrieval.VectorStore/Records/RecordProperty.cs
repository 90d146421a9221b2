using System.Reflection;

namespace LocalRetrieval.VectorData.Records;

/// <summary>A property of a record that the store keeps.</summary>
internal abstract class RecordProperty(PropertyInfo member, string? storageName)
{
    public string Name => member.Name;

    public Type Type => member.PropertyType;

    public string StorageName { get; } = storageName ?? member.Name;

    public bool CanWrite => member.CanWrite;

    public object? Get(object record) => member.GetValue(record);

    public void Set(object record, object? value) => member.SetValue(record, value);

    /// <summary>What two descriptions of the property must agree on, in words.</summary>
    public virtual string Describe() => $"property '{Name}' of type {Type} stored as '{StorageName}'";
}
