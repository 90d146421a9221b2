using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LocalRetrieval.VectorData.Records;

/// <summary>Copies the values of data properties, with the collections that are in collections.</summary>
internal static class DataValue
{
    /// <summary>The collections that are copied without reflection. A class derived from one is another type, which a copy would not be of.</summary>
    private static readonly Dictionary<Type, Copier> Usual = new()
    {
        [typeof(List<object>)] = CopyList<object?>,
        [typeof(List<string>)] = CopyList<string>,
        [typeof(List<bool>)] = CopyList<bool>,
        [typeof(List<byte>)] = CopyList<byte>,
        [typeof(List<short>)] = CopyList<short>,
        [typeof(List<int>)] = CopyList<int>,
        [typeof(List<long>)] = CopyList<long>,
        [typeof(List<float>)] = CopyList<float>,
        [typeof(List<double>)] = CopyList<double>,
        [typeof(List<decimal>)] = CopyList<decimal>,
        [typeof(List<Guid>)] = CopyList<Guid>,
        [typeof(List<DateTime>)] = CopyList<DateTime>,
        [typeof(List<DateTimeOffset>)] = CopyList<DateTimeOffset>,
        [typeof(List<DateOnly>)] = CopyList<DateOnly>,
        [typeof(List<TimeOnly>)] = CopyList<TimeOnly>,
        [typeof(HashSet<string>)] = CopySet<string>,
        [typeof(HashSet<int>)] = CopySet<int>,
        [typeof(HashSet<long>)] = CopySet<long>,
        [typeof(HashSet<Guid>)] = CopySet<Guid>,
        [typeof(Dictionary<string, string>)] = CopyDictionary<string, string>,
        [typeof(Dictionary<string, object>)] = CopyDictionary<string, object?>,
    };

    private static readonly ConcurrentDictionary<Type, Copier?> Reflected = new(Usual.Select(copier => KeyValuePair.Create(copier.Key, (Copier?)copier.Value)));

    /// <summary>Copies a collection; what it holds, too, by <paramref name="copyItem"/>.</summary>
    private delegate object Copier(object collection, Func<object?, object?> copyItem);

    /// <summary>Copies an array, and a list, a set or a dictionary of a usual type; gives any other value back.</summary>
    public static object? Copy(object? value) => value switch
    {
        null or string or ValueType => value,
        Array array => CopyArray(array, Copy),
        _ => Usual.TryGetValue(value.GetType(), out Copier? copier) ? copier(value, Copy) : value,
    };

    /// <summary>Copies an array, a list, a set and a dictionary of any type; gives any other value back.</summary>
    [RequiresDynamicCode("Makes collections of types that are known at run time.")]
    [RequiresUnreferencedCode("Makes collections of types that are known at run time.")]
    public static object? CopyReflected(object? value) => value switch
    {
        null or string or ValueType => value,
        Array array => CopyArray(array, CopyReflected),
        _ => Reflected.GetOrAdd(value.GetType(), FindCopier) is { } copier ? copier(value, CopyReflected) : value,
    };

    [RequiresDynamicCode("Makes collections of types that are known at run time.")]
    [RequiresUnreferencedCode("Makes collections of types that are known at run time.")]
    private static Copier? FindCopier(Type type)
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
                .CreateDelegate<Copier>();
    }

    private static Array CopyArray(Array array, Func<object?, object?> copyItem)
    {
        var copied = (Array)array.Clone();
        if (copied is object?[] items and not string[])
        {
            for (int i = 0; i < items.Length; i++)
            {
                items[i] = CopyInner(items[i], copyItem);
            }
        }

        return copied;
    }

    private static List<T> CopyList<T>(object list, Func<object?, object?> copyItem)
    {
        List<T> copied = new((List<T>)list);
        if (MayHoldCollections<T>())
        {
            for (int i = 0; i < copied.Count; i++)
            {
                copied[i] = (T)CopyInner(copied[i], copyItem)!;
            }
        }

        return copied;
    }

    // The elements of a set are told apart by what they are: a copy might be another.
    private static HashSet<T> CopySet<T>(object set, Func<object?, object?> copyItem) => new((HashSet<T>)set, ((HashSet<T>)set).Comparer);

    private static Dictionary<TKey, TValue> CopyDictionary<TKey, TValue>(object dictionary, Func<object?, object?> copyItem)
        where TKey : notnull
    {
        var source = (Dictionary<TKey, TValue>)dictionary;
        Dictionary<TKey, TValue> copied = new(source, source.Comparer);
        if (MayHoldCollections<TValue>())
        {
            foreach ((TKey key, TValue value) in source)
            {
                copied[key] = (TValue)CopyInner(value, copyItem)!;
            }
        }

        return copied;
    }

    private static bool MayHoldCollections<T>() => !typeof(T).IsValueType && typeof(T) != typeof(string);

    // A collection that holds itself is an exception, not the end of the process.
    private static object? CopyInner(object? item, Func<object?, object?> copyItem)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return copyItem(item);
    }
}
