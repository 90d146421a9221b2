using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LocalRetrieval.Documents;

/// <summary>Writes a list's numbers as digits, letters or Roman numerals.</summary>
internal static class WordNumber
{
    private static readonly (int Value, string Digits)[] Roman =
        [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];

    public static string Format(int value, NumberFormatValues? format)
    {
        if (format is { } given && value is > 0 and < 4000)
        {
            if (given == NumberFormatValues.LowerLetter || given == NumberFormatValues.UpperLetter)
            {
                string letters = new((char)('a' + ((value - 1) % 26)), ((value - 1) / 26) + 1);
                return given == NumberFormatValues.UpperLetter ? letters.ToUpperInvariant() : letters;
            }

            if (given == NumberFormatValues.LowerRoman || given == NumberFormatValues.UpperRoman)
            {
                return given == NumberFormatValues.UpperRoman ? ToRoman(value).ToUpperInvariant() : ToRoman(value);
            }

            if (given == NumberFormatValues.None)
            {
                return "";
            }
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static string ToRoman(int value)
    {
        StringBuilder digits = new();
        foreach ((int part, string text) in Roman)
        {
            for (; value >= part; value -= part)
            {
                digits.Append(text);
            }
        }

        return digits.ToString();
    }
}
