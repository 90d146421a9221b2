namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>
/// Properties of code points as the reference implementation has them, from committed tables, so that neither ICU nor a culture
/// has a say. The Unicode versions differ by property: see make_tables.py.
/// </summary>
internal static class UnicodeCharacters
{
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;
    private const int CapitalIWithDot = 0x130;

    private static readonly CodePointTable<CharacterKinds> KindTable = BuildKinds();
    private static readonly CodePointTable<byte> CombiningClassTable = BuildCombiningClasses();
    private static readonly CodePointTable<int> LowercaseTable = BuildLowercase();
    private static readonly CodePointTable<bool> WordTable = BuildSet(CodePointTables.Word);
    private static readonly CodePointTable<bool> NumericTable = BuildSet(CodePointTables.Numeric);
    private static readonly CodePointTable<bool> CombiningMarkTable = BuildSet(CodePointTables.CombiningMarks);
    private static readonly CodePointSequences Decompositions = BuildDecompositions();

    public static CharacterKinds Kinds(int codePoint) => KindTable[codePoint];

    public static int CombiningClass(int codePoint) => CombiningClassTable[codePoint];

    /// <summary>The one-to-one lowercase; U+0130, the only character whose lowercase is two, gives its first, U+0069.</summary>
    public static int ToLower(int codePoint) => codePoint + LowercaseTable[codePoint];

    /// <summary>Whether <see cref="ToLower"/> is followed by U+0307.</summary>
    public static bool LowercaseHasDot(int codePoint) => codePoint == CapitalIWithDot;

    /// <summary>The full canonical decomposition; empty where there is none, and for Hangul.</summary>
    public static ReadOnlySpan<int> Decomposition(int codePoint) => Decompositions.Of(codePoint);

    /// <summary>Writes the full canonical decomposition; the character itself where it has none.</summary>
    /// <returns>How many code points were written, at most 4.</returns>
    public static int Decompose(int codePoint, Span<int> destination)
    {
        if (codePoint is >= HangulFirst and <= HangulLast)
        {
            return DecomposeHangul(codePoint - HangulFirst, destination);
        }

        if ((Kinds(codePoint) & CharacterKinds.Decomposable) != 0)
        {
            ReadOnlySpan<int> parts = Decompositions.Of(codePoint);
            parts.CopyTo(destination);
            return parts.Length;
        }

        destination[0] = codePoint;
        return 1;
    }

    public static bool IsHangulSyllable(int codePoint) => codePoint is >= HangulFirst and <= HangulLast;

    /// <summary>Whether a regular expression's \w matches: alphabetic, marks, decimal digits, connectors, joiners.</summary>
    public static bool IsWord(int codePoint) => WordTable[codePoint];

    /// <summary>Whether the category is Nd, Nl or No.</summary>
    public static bool IsNumeric(int codePoint) => NumericTable[codePoint];

    /// <summary>Whether the category is Mc, Me or Mn.</summary>
    public static bool IsCombiningMark(int codePoint) => CombiningMarkTable[codePoint];

    public static bool IsWhiteSpace(int codePoint) => (Kinds(codePoint) & CharacterKinds.WhiteSpace) != 0;

    public static bool IsPunctuation(int codePoint) => (Kinds(codePoint) & CharacterKinds.Punctuation) != 0;

    private static int DecomposeHangul(int syllable, Span<int> destination)
    {
        destination[0] = 0x1100 + (syllable / 588);
        destination[1] = 0x1161 + (syllable % 588 / 28);
        if (syllable % 28 == 0)
        {
            return 2;
        }

        destination[2] = 0x11A7 + (syllable % 28);
        return 3;
    }

    private static CodePointTable<CharacterKinds> BuildKinds()
    {
        CodePointTable<CharacterKinds> table = new();
        Mark(CodePointTables.Other, CharacterKinds.Other);
        Mark(CodePointTables.Punctuation, CharacterKinds.Punctuation);
        Mark([0x21, 0x2F, 0x3A, 0x40, 0x5B, 0x60, 0x7B, 0x7E], CharacterKinds.Punctuation);
        Mark(CodePointTables.NonspacingMarks, CharacterKinds.NonspacingMark);
        Mark(
            [0x9, 0xD, 0x20, 0x20, 0x85, 0x85, 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F, 0x205F,
             0x3000, 0x3000],
            CharacterKinds.WhiteSpace);
        // The reference starts one range at 0x2B920, not at 0x2B820.
        Mark(
            [0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xF900, 0xFAFF, 0x20000, 0x2A6DF, 0x2A700, 0x2B73F, 0x2B740, 0x2B81F, 0x2B920, 0x2CEAF,
             0x2F800, 0x2FA1F],
            CharacterKinds.Chinese);
        Mark([HangulFirst, HangulLast], CharacterKinds.Decomposable);
        ReadOnlySpan<int> mappings = CanonicalDecompositions.Mappings;
        for (int i = 0; i < mappings.Length; i += 3)
        {
            table[mappings[i]] |= CharacterKinds.Decomposable;
        }

        ReadOnlySpan<int> lowercase = CodePointTables.Lowercase;
        for (int i = 0; i < lowercase.Length; i += 4)
        {
            for (int codePoint = lowercase[i]; codePoint <= lowercase[i + 1]; codePoint += lowercase[i + 2])
            {
                table[codePoint] |= CharacterKinds.Uppercase;
            }
        }

        table[CapitalIWithDot] |= CharacterKinds.Uppercase;
        ReadOnlySpan<int> classes = CodePointTables.CombiningClasses;
        for (int i = 0; i < classes.Length; i += 3)
        {
            Mark(classes.Slice(i, 2), CharacterKinds.Combining);
        }

        return table;

        void Mark(ReadOnlySpan<int> ranges, CharacterKinds kind)
        {
            for (int i = 0; i < ranges.Length; i += 2)
            {
                for (int codePoint = ranges[i]; codePoint <= ranges[i + 1]; codePoint++)
                {
                    table[codePoint] |= kind;
                }
            }
        }
    }

    private static CodePointTable<byte> BuildCombiningClasses()
    {
        CodePointTable<byte> table = new();
        ReadOnlySpan<int> ranges = CodePointTables.CombiningClasses;
        for (int i = 0; i < ranges.Length; i += 3)
        {
            for (int codePoint = ranges[i]; codePoint <= ranges[i + 1]; codePoint++)
            {
                table[codePoint] = (byte)ranges[i + 2];
            }
        }

        return table;
    }

    private static CodePointTable<int> BuildLowercase()
    {
        CodePointTable<int> table = new();
        ReadOnlySpan<int> runs = CodePointTables.Lowercase;
        for (int i = 0; i < runs.Length; i += 4)
        {
            for (int codePoint = runs[i]; codePoint <= runs[i + 1]; codePoint += runs[i + 2])
            {
                table[codePoint] = runs[i + 3];
            }
        }

        table[CapitalIWithDot] = 'i' - CapitalIWithDot;
        return table;
    }

    private static CodePointTable<bool> BuildSet(ReadOnlySpan<int> ranges)
    {
        CodePointTable<bool> table = new();
        for (int i = 0; i < ranges.Length; i += 2)
        {
            for (int codePoint = ranges[i]; codePoint <= ranges[i + 1]; codePoint++)
            {
                table[codePoint] = true;
            }
        }

        return table;
    }

    private static CodePointSequences BuildDecompositions()
    {
        ReadOnlySpan<int> mappings = CanonicalDecompositions.Mappings;
        Dictionary<int, int[]> steps = new(mappings.Length / 3);
        for (int i = 0; i < mappings.Length; i += 3)
        {
            steps[mappings[i]] = mappings[i + 2] == 0 ? [mappings[i + 1]] : [mappings[i + 1], mappings[i + 2]];
        }

        CodePointSequences full = new();
        foreach (int codePoint in steps.Keys)
        {
            full.Add(codePoint, [.. Expand(codePoint)]);
        }

        return full;

        IEnumerable<int> Expand(int codePoint) =>
            steps.TryGetValue(codePoint, out int[]? parts) ? parts.SelectMany(Expand) : [codePoint];
    }
}
