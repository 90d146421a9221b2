namespace LocalRetrieval.Tokenizers;

/// <summary>What a place in a text is in other units than UTF-16.</summary>
internal static class OffsetUnits
{
    /// <summary>For each place of a text, its end included, the same in another unit; empty where there is no text.</summary>
    public static int[] Places(string? text, OffsetUnit unit)
    {
        if (text is null)
        {
            return [];
        }

        int[] places = new int[text.Length + 1];
        for (int i = 0; i < text.Length; i++)
        {
            bool isSecond = char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]);
            places[i + 1] = places[i] + unit switch
            {
                OffsetUnit.Utf16Units => 1,
                OffsetUnit.CodePoints => isSecond ? 0 : 1,
                OffsetUnit.Utf8Bytes => Utf8Length(text[i], isSecond),
                _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Not a unit."),
            };
        }

        return places;
    }

    /// <summary>How many bytes a unit adds: a pair's four are three and one, and a lone surrogate is read as U+FFFD, which has three.</summary>
    private static int Utf8Length(char unit, bool isSecond) => unit switch
    {
        < '\u0080' => 1,
        < '\u0800' => 2,
        _ => isSecond ? 1 : 3,
    };
}
