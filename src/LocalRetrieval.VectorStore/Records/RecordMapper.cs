namespace LocalRetrieval.VectorData.Records;

/// <summary>Reads and makes records of one type.</summary>
internal abstract class RecordMapper<TRecord>
    where TRecord : class
{
    public abstract TRecord Create();

    public abstract object? Get(TRecord record, RecordProperty property);

    public abstract void Set(TRecord record, RecordProperty property, object? value);

    /// <summary>Copies a value that others may change; gives any other back.</summary>
    public abstract object? Copy(object? value);

    /// <summary>Says why a record cannot hold a value for a data property, or null where it can.</summary>
    public abstract string? FindFault(DataProperty property, object? value);
}
