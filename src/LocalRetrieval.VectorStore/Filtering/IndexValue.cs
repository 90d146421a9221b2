using System.Globalization;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>Makes of a captured value what an index holds.</summary>
internal static class IndexValue
{
    /// <returns>Whether the index can be asked for the value: it is of the column's type, or an integer that the type has too.</returns>
    public static bool TryConvert(object? value, Type columnType, bool isElement, out object? converted)
    {
        converted = value;
        if (value is null || isElement || columnType == typeof(object) || value.GetType() == columnType)
        {
            return true;
        }

        if (!IsInteger(value.GetType()) || (!IsInteger(columnType) && !columnType.IsEnum))
        {
            return false;
        }

        try
        {
            converted = columnType.IsEnum
                ? Enum.ToObject(columnType, value)
                : Convert.ChangeType(value, columnType, CultureInfo.InvariantCulture);
            return true;
        }
        catch (OverflowException)
        {
            // No row has it; the filter itself finds that out.
            return false;
        }
    }

    public static bool IsInteger(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.Char and <= TypeCode.UInt64;
}
