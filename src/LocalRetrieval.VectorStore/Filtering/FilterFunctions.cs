using System.Collections;
using System.Reflection;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>What a rewritten filter calls where LINQ's own way would depend on references or on the culture.</summary>
internal static class FilterFunctions
{
    public static readonly MethodInfo AreEqualMethod = ((Func<object?, object?, bool>)AreEqual).Method;

    public static readonly MethodInfo ContainsMethod = ((Func<IEnumerable?, object?, bool>)Contains).Method;

    public static readonly MethodInfo IsInMethod = ((Func<CapturedSet, object?, bool>)IsIn).Method;

    public static readonly MethodInfo StartsWithMethod = ((Func<string?, string, bool>)StartsWith).Method;

    public static readonly MethodInfo EndsWithMethod = ((Func<string?, string, bool>)EndsWith).Method;

    public static readonly MethodInfo IndexOfMethod = ((Func<string, string, int>)IndexOf).Method;

    public static readonly MethodInfo LastIndexOfMethod = ((Func<string, string, int>)LastIndexOf).Method;

    public static readonly MethodInfo CompareMethod = ((Func<string?, string?, int>)string.CompareOrdinal).Method;

    public static readonly MethodInfo CompareCaseMethod = ((Func<string?, string?, bool, int>)Compare).Method;

    /// <summary>Whether two values are equal; arrays and lists are where their elements are, in order.</summary>
    public static bool AreEqual(object? x, object? y)
    {
        if (x is not IList left || y is not IList right)
        {
            return Equals(x, y);
        }

        if (left.Count != right.Count)
        {
            return false;
        }

        for (int i = 0; i < left.Count; i++)
        {
            if (!Equals(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a collection, which may be null, holds an item.</summary>
    public static bool Contains(IEnumerable? collection, object? item)
    {
        if (collection is ICollection<string> texts && item is string text)
        {
            return texts.Contains(text);
        }

        foreach (object? element in collection ?? Array.Empty<object>())
        {
            if (Equals(element, item))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsIn(CapturedSet set, object? item) => set.Contains(item);

    public static bool StartsWith(string? text, string value) => text is not null && text.StartsWith(value, StringComparison.Ordinal);

    public static bool EndsWith(string? text, string value) => text is not null && text.EndsWith(value, StringComparison.Ordinal);

    public static int IndexOf(string text, string value) => text.IndexOf(value, StringComparison.Ordinal);

    public static int LastIndexOf(string text, string value) => text.LastIndexOf(value, StringComparison.Ordinal);

    public static int Compare(string? x, string? y, bool ignoresCase) =>
        string.Compare(x, y, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
