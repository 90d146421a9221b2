using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>What UTF-16 units bytes would be in one of the two orders.</summary>
internal readonly record struct UnitCensus
{
    /// <summary>The high byte of Japanese letters and of the punctuation of East Asia, which in ASCII is a zero.</summary>
    private const int Kana = 0x30;

    /// <summary>Units up to U+00FF, those with a NUL.</summary>
    public int Latin { get; private init; }

    /// <summary>How many different high bytes there are.</summary>
    public int HighBytes { get; private init; }

    /// <summary>Whether the units can be a text: some have a NUL, all are assigned characters and none a control character, and few are just two letters of ASCII.</summary>
    public bool IsText { get; private init; }

    public static UnitCensus Take(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        int latin = 0;
        int pairs = 0;
        int units = bytes.Length / 2;
        bool isText = units > 0;
        Span<bool> high = stackalloc bool[256];
        char before = '\0';
        for (int index = 0; index < units && isText; index++)
        {
            (byte first, byte second) = (bytes[2 * index], bytes[(2 * index) + 1]);
            char unit = (char)(bigEndian ? (first << 8) | second : (second << 8) | first);
            high[unit >> 8] = true;
            latin += unit < 256 ? 1 : 0;
            pairs += first is >= 32 and < 127 && second is >= 32 and < 127 && unit >> 8 != Kana ? 1 : 0;
            isText = IsText(before, unit);
            before = unit;
        }

        return new UnitCensus { Latin = latin, HighBytes = high.Count(true), IsText = isText && latin > 0 && 3 * pairs <= units };

        static bool IsText(char before, char unit) => char.IsSurrogate(unit)
            ? char.IsHighSurrogate(unit) != char.IsHighSurrogate(before) || !char.IsSurrogate(before)
            : !char.IsHighSurrogate(before) && (unit is '\t' or '\n' or '\f' or '\r' or '\u001B' or '\u0085'
                || char.GetUnicodeCategory(unit) is not (UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse));
    }
}
