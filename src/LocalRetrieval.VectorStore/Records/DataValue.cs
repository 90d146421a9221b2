using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LocalRetrieval.VectorData.Records;

/// <summary>Copies the values of data properties, one level deep.</summary>
internal static class DataValue
{
    private static readonly ConcurrentDictionary<Type, Func<object, object>?> Copiers = new();

    /// <summary>Copies an array, and a list or a set of a usual type; gives any other value back.</summary>
    public static object? Copy(object? value) => value switch
    {
        null or string or ValueType => value,
        Array array => array.Clone(),
        List<string> list => new List<string>(list),
        List<object?> list => new List<object?>(list),
        HashSet<string> set => new HashSet<string>(set, set.Comparer),
        Dictionary<string, string> map => new Dictionary<string, string>(map, map.Comparer),
        Dictionary<string, object?> map => new Dictionary<string, object?>(map, map.Comparer),
        _ => CopyNumbers(value),
    };

    /// <summary>Copies an array, a list, a set and a dictionary of any type; gives any other value back.</summary>
    [RequiresDynamicCode("Makes collections of types that are known at run time.")]
    [RequiresUnreferencedCode("Makes collections of types that are known at run time.")]
    public static object? CopyReflected(object? value) => value switch
    {
        null or string or ValueType => value,
        Array array => array.Clone(),
        List<string> list => new List<string>(list),
        _ => Copiers.GetOrAdd(value.GetType(), FindCopier) is { } copier ? copier(value) : value,
    };

    private static object CopyNumbers(object value) => value switch
    {
        List<bool> list => new List<bool>(list),
        List<byte> list => new List<byte>(list),
        List<short> list => new List<short>(list),
        List<int> list => new List<int>(list),
        List<long> list => new List<long>(list),
        List<float> list => new List<float>(list),
        List<double> list => new List<double>(list),
        List<decimal> list => new List<decimal>(list),
        List<Guid> list => new List<Guid>(list),
        List<DateTime> list => new List<DateTime>(list),
        List<DateTimeOffset> list => new List<DateTimeOffset>(list),
        List<DateOnly> list => new List<DateOnly>(list),
        List<TimeOnly> list => new List<TimeOnly>(list),
        HashSet<int> set => new HashSet<int>(set, set.Comparer),
        HashSet<long> set => new HashSet<long>(set, set.Comparer),
        HashSet<Guid> set => new HashSet<Guid>(set, set.Comparer),
        _ => value,
    };

    [RequiresDynamicCode("Makes collections of types that are known at run time.")]
    [RequiresUnreferencedCode("Makes collections of types that are known at run time.")]
    private static Func<object, object>? FindCopier(Type type)
    {
        Type? definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        string? method = definition == typeof(List<>) ? nameof(CopyList)
            : definition == typeof(HashSet<>) ? nameof(CopySet)
            : definition == typeof(Dictionary<,>) ? nameof(CopyDictionary)
            : null;
        return method is null
            ? null
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
