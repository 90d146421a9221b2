namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>Canonical composition of Unicode 9.0: the decompositions read backwards, without those that it excludes.</summary>
internal static class CanonicalCompositions
{
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TrailBefore = 0x11A7;
    private const int SyllableFirst = 0xAC00;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Trails = 28;

    private static readonly Dictionary<(int First, int Second), int> Compositions = Build();

    /// <summary>The characters with two parts that are never composed of them: first, last.</summary>
    private static ReadOnlySpan<int> Exclusions =>
    [
        0x958, 0x95F, 0x9DC, 0x9DD, 0x9DF, 0x9DF, 0xA33, 0xA33, 0xA36, 0xA36, 0xA59, 0xA5B, 0xA5E, 0xA5E, 0xB5C, 0xB5D, 0xF43, 0xF43,
        0xF4D, 0xF4D, 0xF52, 0xF52, 0xF57, 0xF57, 0xF5C, 0xF5C, 0xF69, 0xF69, 0xF76, 0xF76, 0xF78, 0xF78, 0xF93, 0xF93, 0xF9D, 0xF9D,
        0xFA2, 0xFA2, 0xFA7, 0xFA7, 0xFAC, 0xFAC, 0xFB9, 0xFB9, 0x2ADC, 0x2ADC, 0xFB1D, 0xFB1D, 0xFB1F, 0xFB1F, 0xFB2A, 0xFB36, 0xFB38,
        0xFB3C, 0xFB3E, 0xFB3E, 0xFB40, 0xFB41, 0xFB43, 0xFB44, 0xFB46, 0xFB4E, 0x1D15E, 0x1D164, 0x1D1BB, 0x1D1C0,
    ];

    /// <summary>What two characters compose to, or -1.</summary>
    public static int Compose(int first, int second)
    {
        if (first is >= LeadFirst and < LeadFirst + Leads && second is >= VowelFirst and < VowelFirst + Vowels)
        {
            return SyllableFirst + ((((first - LeadFirst) * Vowels) + second - VowelFirst) * Trails);
        }

        if (first is >= SyllableFirst and < SyllableFirst + (Leads * Vowels * Trails) && (first - SyllableFirst) % Trails == 0
            && second is > TrailBefore and < TrailBefore + Trails)
        {
            return first + second - TrailBefore;
        }

        return Compositions.GetValueOrDefault((first, second), -1);
    }

    private static Dictionary<(int First, int Second), int> Build()
    {
        Dictionary<(int First, int Second), int> compositions = [];
        ReadOnlySpan<int> mappings = CanonicalDecompositions.Mappings;
        for (int i = 0; i < mappings.Length; i += 3)
        {
            (int composed, int first, int second) = (mappings[i], mappings[i + 1], mappings[i + 2]);
            bool startsWithMark = UnicodeCharacters.CombiningClass(composed) != 0 || UnicodeCharacters.CombiningClass(first) != 0;
            if (second != 0 && !startsWithMark && !IsExcluded(composed))
            {
                compositions[(first, second)] = composed;
            }
        }

        return compositions;
    }

    private static bool IsExcluded(int codePoint)
    {
        ReadOnlySpan<int> ranges = Exclusions;
        for (int i = 0; i < ranges.Length; i += 2)
        {
            if (codePoint >= ranges[i] && codePoint <= ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }
}
