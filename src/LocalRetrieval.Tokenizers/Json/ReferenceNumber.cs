using System.Globalization;

namespace LocalRetrieval.Tokenizers.Json;

/// <summary>
/// Reads a number as the reference's JSON parser (serde_json without its feature float_roundtrip) does: the digits as one whole
/// number, then divided by a power of ten. The last bit can differ from the nearest double, which decides between equal scores.
/// </summary>
internal static class ReferenceNumber
{
    private static readonly double[] Powers =
        [.. Enumerable.Range(0, 309).Select(exponent => double.Parse($"1e{exponent}", CultureInfo.InvariantCulture))];

    /// <param name="number">A number of well-formed JSON.</param>
    public static double Parse(ReadOnlySpan<char> number)
    {
        bool isNegative = number[0] == '-';
        int at = isNegative ? 1 : 0;
        ulong digits = 0;
        long exponent = 0;
        bool isFull = false;
        bool isFraction = false;
        for (; at < number.Length && number[at] is not ('e' or 'E'); at++)
        {
            if (number[at] == '.')
            {
                isFraction = true;
                continue;
            }

            uint digit = (uint)(number[at] - '0');
            isFull |= digits > (ulong.MaxValue - digit) / 10;
            if (!isFull)
            {
                digits = (digits * 10) + digit;
                exponent -= isFraction ? 1 : 0;
            }
            else
            {
                exponent += isFraction ? 0 : 1;
            }
        }

        if (at < number.Length)
        {
            exponent += ReadExponent(number[(at + 1)..]);
        }

        double value = Scale(digits, exponent);
        return isNegative ? -value : value;
    }

    private static long ReadExponent(ReadOnlySpan<char> text)
    {
        bool isNegative = text[0] == '-';
        long exponent = 0;
        foreach (char digit in text.TrimStart("+-"))
        {
            exponent = Math.Min((exponent * 10) + (digit - '0'), int.MaxValue);
        }

        return isNegative ? -exponent : exponent;
    }

    private static double Scale(double value, long exponent)
    {
        while (exponent < -308 && value != 0)
        {
            value /= 1e308;
            exponent += 308;
        }

        return value == 0 ? 0
            : exponent < 0 ? value / Powers[-exponent]
            : exponent < Powers.Length ? value * Powers[exponent] : double.PositiveInfinity;
    }
}
