using System.Collections;
using System.Reflection;

namespace LocalRetrieval.Testing;

/// <summary>Checks copies of options.</summary>
public static class OptionsCopy
{
    /// <summary>What a copy lacks of options in which nothing has its default, and what has it, so that no property to come is left out; empty where all is well.</summary>
    /// <param name="filled">The options.</param>
    /// <param name="copy">Copies them.</param>
    public static IReadOnlyList<string> Faults<T>(T filled, Func<T, T> copy)
        where T : class, new()
    {
        T copied = copy(filled);
        return copied.GetType() != filled.GetType() || ReferenceEquals(copied, filled)
            ? [$"The copy is of {copied.GetType()}, or the original."]
            : [.. Properties(typeof(T)).SelectMany(property => Faults(property, filled, copied, new T()))];
    }

    private static IEnumerable<string> Faults(PropertyInfo property, object filled, object copied, object defaults)
    {
        object? value = property.GetValue(filled);
        object? copy = property.GetValue(copied);
        if (Equals(value, property.GetValue(defaults)))
        {
            return [$"{property.Name} has its default: fill it with something else."];
        }

        // Options and collections that are filled, not set, are copied too.
        if (value is IDictionary<string, object?> || (property.SetMethod is null && value is IEnumerable))
        {
            object[] entries = [.. ((IEnumerable)value).Cast<object>()];
            return entries.Length == 0 ? [$"{property.Name} is empty: fill it."]
                : ReferenceEquals(value, copy) || !entries.SequenceEqual(((IEnumerable)copy!).Cast<object>()) ? [$"{property.Name} is not copied."] : [];
        }

        // Records do not change.
        return IsOptions(property)
            ? ReferenceEquals(value, copy) ? [$"{property.Name} is shared."] : Properties(value!.GetType()).SelectMany(inner => Differences(inner, value, copy))
            : Equals(value, copy) ? [] : [$"{property.Name} is {copy}, not {value}."];
    }

    private static bool IsOptions(PropertyInfo property) =>
        property.PropertyType.Name.Split('`')[0].EndsWith("Options", StringComparison.Ordinal) && property.PropertyType.GetMethod("<Clone>$") is null;

    private static IEnumerable<string> Differences(PropertyInfo property, object? value, object? copy)
    {
        object? inner = value is null ? null : property.GetValue(value);
        object? copied = copy is null ? null : property.GetValue(copy);
        return inner is not null && copied is not null && IsOptions(property) && !ReferenceEquals(inner, copied)
            ? Properties(inner.GetType()).SelectMany(next => Differences(next, inner, copied))
            : copy is null || !Equals(inner, copied) ? [$"{property.DeclaringType!.Name}.{property.Name} is not copied."]
            : [];
    }

    private static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
}
