using System.Reflection;

namespace LocalRetrieval.VectorData.Records;

/// <summary>A property that holds data. Every one can be filtered by; none is indexed.</summary>
internal sealed class DataProperty(PropertyInfo member, string? storageName) : RecordProperty(member, storageName)
{
    public override string Describe() => $"data {base.Describe()}";
}
