using System.Globalization;

namespace LocalRetrieval.VectorData.Filtering;

/// <summary>Makes of a captured value what an index holds.</summary>
internal static class IndexValue
{
    /// <returns>Whether the index can be asked for the value: it is of the column's type, or an integer that the type has too.</returns>
    public static bool TryConvert(object? value, Type columnType, out object? converted)
    {
        converted = value;
        if (value is null || value.GetType() == columnType)
        {
            return true;
        }

        Type integer = columnType.IsEnum ? Enum.GetUnderlyingType(columnType) : columnType;
        if (!IsInteger(value.GetType()) || !IsInteger(integer))
        {
            return false;
        }

        try
        {
            // Of an integer that is too large for it, an enum would take some of the bits.
            object number = Convert.ChangeType(value, integer, CultureInfo.InvariantCulture);
            converted = columnType.IsEnum ? Enum.ToObject(columnType, number) : number;
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
