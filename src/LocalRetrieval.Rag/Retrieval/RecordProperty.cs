using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LocalRetrieval.Rag;

/// <summary>Reads a property of a record by its name, of a record that is a dictionary too.</summary>
internal sealed class RecordProperty<TRecord>
    where TRecord : class
{
    private readonly string _name;
    private readonly PropertyInfo? _property;

    [UnconditionalSuppressMessage("Trimming", "IL2090", Justification = "What a store reads of a record stays.")]
    private RecordProperty(string name)
    {
        _name = name;
        _property = IsDictionary ? null : typeof(TRecord).GetProperty(name);
    }

    private static bool IsDictionary => typeof(IReadOnlyDictionary<string, object?>).IsAssignableFrom(typeof(TRecord));

    /// <summary>The property; null where there is none of that name.</summary>
    public static RecordProperty<TRecord>? Find(string? name) =>
        name is not null && new RecordProperty<TRecord>(name) is var property && (IsDictionary || property._property is not null) ? property : null;

    /// <summary>Its value in a record.</summary>
    public object? Read(TRecord record) =>
        _property is not null ? _property.GetValue(record) : ((IReadOnlyDictionary<string, object?>)record).GetValueOrDefault(_name);
}
