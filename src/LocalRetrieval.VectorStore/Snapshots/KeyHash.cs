using System.Globalization;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>A key's hash that is the same in every process; equal keys have the same one.</summary>
internal static class KeyHash
{
    // Dividing by it takes the zeros off a number's end, in which equal ones may differ.
    private const decimal One = 1.0000000000000000000000000000m;

    public static uint Of(object key) => key switch
    {
        string text => Checksum.Of(MemoryMarshal.AsBytes(text.AsSpan())),
        Guid guid => Of(guid),
        decimal number => Of(number == 0 ? 0 : number / One),
        float number => OfReal(number),
        double number => OfReal(number),
        Half number => OfReal((double)number),
        DateTime time => Of(time.Ticks),
        DateTimeOffset time => Of(time.UtcTicks),
        DateOnly date => Of((long)date.DayNumber),
        TimeOnly time => Of(time.Ticks),
        TimeSpan time => Of(time.Ticks),
        bool flag => Of(flag ? 1L : 0L),
        char character => Of((long)character),
        ulong number => Of(unchecked((long)number)),
        Enum value when Enum.GetUnderlyingType(value.GetType()) == typeof(ulong) => Of(unchecked((long)Convert.ToUInt64(value, CultureInfo.InvariantCulture))),
        _ => Of(Convert.ToInt64(key, CultureInfo.InvariantCulture)),
    };

    private static uint OfReal(double number) => Of(double.IsNaN(number) ? double.NaN : number == 0 ? 0.0 : number);

    private static uint Of<T>(T value)
        where T : unmanaged => Checksum.Of(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
}
