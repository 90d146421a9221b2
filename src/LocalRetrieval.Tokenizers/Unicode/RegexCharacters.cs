using System.Text;

namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>Characters as the reference's regular expressions see them, which are Oniguruma's of Unicode 16.0.</summary>
internal static class RegexCharacters
{
    private static readonly CodePointTable<RegexCategory> Categories = Build();

    /// <summary>The same for single UTF-16 units, where one look is enough; a surrogate has none.</summary>
    private static readonly RegexCategory[] UnitCategories = [.. Enumerable.Range(0, 0x10000).Select(unit => Categories[unit])];

    public static RegexCategory Category(int codePoint) => Categories[codePoint];

    /// <summary>The category of the character at <paramref name="index"/> and its length in UTF-16 units.</summary>
    public static RegexCategory At(ReadOnlySpan<char> text, int index, out int length)
    {
        char unit = text[index];
        if (!char.IsSurrogate(unit))
        {
            length = 1;
            return UnitCategories[unit];
        }

        _ = Rune.DecodeFromUtf16(text[index..], out Rune rune, out length);
        return Categories[rune.Value];
    }

    private static CodePointTable<RegexCategory> Build()
    {
        CodePointTable<RegexCategory> table = new();
        Mark(LetterAndNumberTables.Letters, RegexCategory.Letter);
        Mark(LetterAndNumberTables.Numbers, RegexCategory.Number);
        Mark(
            [0x9, 0xD, 0x20, 0x20, 0x85, 0x85, 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F, 0x205F,
             0x3000, 0x3000],
            RegexCategory.WhiteSpace);
        return table;

        void Mark(ReadOnlySpan<int> ranges, RegexCategory category)
        {
            for (int i = 0; i < ranges.Length; i += 2)
            {
                for (int codePoint = ranges[i]; codePoint <= ranges[i + 1]; codePoint++)
                {
                    table[codePoint] = category;
                }
            }
        }
    }
}
