using System.Text;

namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>Characters as the reference's regular expressions see them, which are Oniguruma's of Unicode 16.0.</summary>
internal static class RegexCharacters
{
    private static readonly CodePointTable<RegexCategory> Categories = new();
    private static readonly CodePointTable<LetterShape> Shapes = new();

    /// <summary>The same for single UTF-16 units, where one look is enough; a surrogate has none.</summary>
    private static readonly RegexCategory[] UnitCategories;
    private static readonly LetterShape[] UnitShapes;

    static RegexCharacters()
    {
        ReadOnlySpan<int> runs = RegexPropertyTables.Categories;
        for (int i = 0; i < runs.Length; i += 3)
        {
            string name = RegexPropertyTables.CategoryNames[runs[i + 2]];
            Mark(Categories, runs[i], runs[i + 1], CategoryOf(name));
            Mark(Shapes, runs[i], runs[i + 1], ShapeOf(name));
        }

        Mark(Categories, '\t', '\r', RegexCategory.WhiteSpace);
        Mark(Categories, 0x85, 0x85, RegexCategory.WhiteSpace);
        UnitCategories = [.. Enumerable.Range(0, 0x10000).Select(unit => Categories[unit])];
        UnitShapes = [.. Enumerable.Range(0, 0x10000).Select(unit => Shapes[unit])];
    }

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

    /// <summary>Where the characters of a category end that begin at <paramref name="index"/>.</summary>
    public static int EndOfRun(ReadOnlySpan<char> text, int index, RegexCategory category)
    {
        RegexCategory[] units = UnitCategories;
        while ((uint)index < (uint)text.Length)
        {
            char unit = text[index];
            int length = 1;
            if ((char.IsSurrogate(unit) ? At(text, index, out length) : units[unit]) != category)
            {
                break;
            }

            index += length;
        }

        return index;
    }

    /// <summary>The shape of the character at <paramref name="index"/> and its length in UTF-16 units.</summary>
    public static LetterShape ShapeAt(ReadOnlySpan<char> text, int index, out int length)
    {
        char unit = text[index];
        if (!char.IsSurrogate(unit))
        {
            length = 1;
            return UnitShapes[unit];
        }

        _ = Rune.DecodeFromUtf16(text[index..], out Rune rune, out length);
        return Shapes[rune.Value];
    }

    private static RegexCategory CategoryOf(string name) => name[0] switch
    {
        'L' => RegexCategory.Letter,
        'N' => RegexCategory.Number,
        'Z' => RegexCategory.WhiteSpace,
        _ => RegexCategory.Other,
    };

    private static LetterShape ShapeOf(string name) => name switch
    {
        "Lu" or "Lt" => LetterShape.Upper,
        "Ll" => LetterShape.Lower,
        "Lm" or "Lo" or "Mn" or "Mc" or "Me" => LetterShape.Both,
        _ => LetterShape.None,
    };

    private static void Mark<T>(CodePointTable<T> table, int first, int last, T value)
        where T : unmanaged
    {
        for (int codePoint = first; codePoint <= last && !value.Equals(default(T)); codePoint++)
        {
            table[codePoint] = value;
        }
    }
}
