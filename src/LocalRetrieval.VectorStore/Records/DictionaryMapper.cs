namespace LocalRetrieval.VectorData.Records;

/// <summary>Reads and makes dictionaries, whose keys are the properties' names.</summary>
internal sealed class DictionaryMapper : RecordMapper<Dictionary<string, object?>>
{
    public override Dictionary<string, object?> Create() => [];

    public override object? Get(Dictionary<string, object?> record, RecordProperty property) => record.GetValueOrDefault(property.Name);

    public override void Set(Dictionary<string, object?> record, RecordProperty property, object? value) => record[property.Name] = value;

    public override object? Copy(object? value) => DataValue.Copy(value);

    public override string? FindFault(DataProperty property, object? value) => value switch
    {
        null when !property.IsNullable => $"is missing or null, and property '{property.Name}' is of type {property.Type}; define it as nullable",
        not null when !property.ValueType.IsInstanceOfType(value) => $"is of type {value.GetType()}, and property '{property.Name}' is of type {property.Type}",
        _ => null,
    };
}
