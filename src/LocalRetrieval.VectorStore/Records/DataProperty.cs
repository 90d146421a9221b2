using LocalRetrieval.VectorData.Keyword;

namespace LocalRetrieval.VectorData.Records;

/// <summary>A property that holds data. Every one can be filtered by; an index makes it quick.</summary>
internal sealed class DataProperty(string name, Type type, string? storageName, bool isIndexed, bool isFullTextIndexed)
    : RecordProperty(name, type, storageName)
{
    public bool IsIndexed => isIndexed;

    public bool IsFullTextIndexed => isFullTextIndexed;

    /// <summary>An empty index with the options that the definition has for the property; null where it has none.</summary>
    public KeywordIndex? NoKeywords { get; init; }

    /// <summary>The other properties whose texts are in that index too, in its order.</summary>
    public DataProperty[] KeywordFields { get; set; } = [];

    /// <summary>The type of the values that are no null.</summary>
    public Type ValueType { get; } = Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>Whether the property can hold null.</summary>
    public bool IsNullable => !Type.IsValueType || Type != ValueType;

    public override string Describe() => $"data '{StorageName}' of type {ValueType}{(Type == ValueType ? "" : " or null")}";
}
