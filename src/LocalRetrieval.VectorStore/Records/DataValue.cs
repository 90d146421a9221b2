using System.Collections.Concurrent;
using System.Reflection;

namespace LocalRetrieval.VectorData.Records;

/// <summary>Copies the values of data properties.</summary>
internal static class DataValue
{
    private static readonly ConcurrentDictionary<Type, Func<object, object>> Copiers = new();

    /// <summary>Copies an array or one of the framework's mutable collections, one level deep; gives any other value back.</summary>
    public static object? Copy(object? value) => value switch
    {
        null or string or ValueType => value,
        Array array => array.Clone(),
        _ => Copiers.GetOrAdd(value.GetType(), FindCopier)(value),
    };

    private static Func<object, object> FindCopier(Type type)
    {
        Type? definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        string? method = definition == typeof(List<>) ? nameof(CopyList)
            : definition == typeof(HashSet<>) ? nameof(CopySet)
            : definition == typeof(Dictionary<,>) ? nameof(CopyDictionary)
            : null;
        return method is null
            ? static value => value
            : typeof(DataValue).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetGenericArguments())
                .CreateDelegate<Func<object, object>>();
    }

    private static List<T> CopyList<T>(object value) => new List<T>((List<T>)value);

    private static HashSet<T> CopySet<T>(object value) => new HashSet<T>((HashSet<T>)value, ((HashSet<T>)value).Comparer);

    private static Dictionary<TKey, TValue> CopyDictionary<TKey, TValue>(object value)
        where TKey : notnull =>
        new Dictionary<TKey, TValue>((Dictionary<TKey, TValue>)value, ((Dictionary<TKey, TValue>)value).Comparer);
}
