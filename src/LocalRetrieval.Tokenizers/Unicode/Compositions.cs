namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>The characters that two others compose, in Unicode 9.0.</summary>
internal static class Compositions
{
    private const int SyllableFirst = 0xAC00;
    private const int SyllableLast = 0xD7A3;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TailBefore = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    /// <summary>The number of a character among those that begin a composition, and among those that end one; 0 for others.</summary>
    private static readonly CodePointTable<ushort> Firsts = new();
    private static readonly CodePointTable<byte> Seconds = new();
    private static readonly int[] Composites;
    private static readonly int SecondCount;

    static Compositions()
    {
        List<(int First, int Second, int Composite)> pairs = Pairs();
        int firsts = 0;
        foreach ((int first, int second, _) in pairs)
        {
            Firsts[first] = Firsts[first] == 0 ? checked((ushort)++firsts) : Firsts[first];
            Seconds[second] = Seconds[second] == 0 ? checked((byte)++SecondCount) : Seconds[second];
        }

        Composites = new int[firsts * SecondCount];
        foreach ((int first, int second, int composite) in pairs)
        {
            Composites[Index(Firsts[first], Seconds[second])] = composite;
        }
    }

    /// <summary>The character that two compose, or 0.</summary>
    public static int Compose(int first, int second)
    {
        int secondNumber = Seconds[second];
        if (secondNumber != 0)
        {
            int firstNumber = Firsts[first];
            return firstNumber == 0 ? 0 : Composites[Index(firstNumber, secondNumber)];
        }

        if (first is >= LeadFirst and < LeadFirst + Leads && second is >= VowelFirst and < VowelFirst + Vowels)
        {
            return SyllableFirst + ((((first - LeadFirst) * Vowels) + (second - VowelFirst)) * Tails);
        }

        return first is >= SyllableFirst and <= SyllableLast && (first - SyllableFirst) % Tails == 0
            && second is > TailBefore and < TailBefore + Tails ? first + (second - TailBefore) : 0;
    }

    /// <summary>Whether some character composes with the one after it, which is this.</summary>
    public static bool IsSecond(int codePoint) => Seconds[codePoint] != 0
        || codePoint is (>= VowelFirst and < VowelFirst + Vowels) or (> TailBefore and < TailBefore + Tails);

    private static int Index(int first, int second) => ((first - 1) * SecondCount) + second - 1;

    private static List<(int First, int Second, int Composite)> Pairs()
    {
        List<(int, int, int)> pairs = [];
        HashSet<int> uncomposed = [.. CanonicalDecompositions.Uncomposed];
        ReadOnlySpan<int> mappings = CanonicalDecompositions.Mappings;
        for (int i = 0; i < mappings.Length; i += 3)
        {
            if (mappings[i + 2] != 0 && !uncomposed.Contains(mappings[i]))
            {
                pairs.Add((mappings[i + 1], mappings[i + 2], mappings[i]));
            }
        }

        return pairs;
    }
}
