using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LocalRetrieval.VectorData.Records;

/// <summary>Reads and makes objects of a class by reflection.</summary>
/// <param name="members">The class's property for each slot of the model.</param>
[RequiresDynamicCode("Maps records by reflection.")]
[RequiresUnreferencedCode("Maps records by reflection.")]
internal sealed class ClassMapper<TRecord>(PropertyInfo[] members) : RecordMapper<TRecord>
    where TRecord : class
{
    public override TRecord Create() => Activator.CreateInstance<TRecord>();

    public override object? Get(TRecord record, RecordProperty property) =>
        members[property.Slot].GetValue(record, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);

    public override void Set(TRecord record, RecordProperty property, object? value) =>
        members[property.Slot].SetValue(record, value, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);

    public override object? Copy(object? value) => DataValue.CopyReflected(value);

    public override string? FindFault(DataProperty property, object? value) => null;
}
