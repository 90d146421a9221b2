namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>The script of a character, as the reference's "UnicodeScripts" has it: Unicode 9.0, Hiragana and Katakana as Han.</summary>
internal static class Scripts
{
    /// <summary>What a character has that belongs to every script: the space, and what Unicode 9.0 does not assign.</summary>
    public const byte Any = 0;

    private static readonly CodePointTable<byte> Table = Build();

    /// <summary>A number that stands for the script.</summary>
    public static byte Of(int codePoint) => Table[codePoint];

    private static CodePointTable<byte> Build()
    {
        CodePointTable<byte> table = new();
        ReadOnlySpan<int> ranges = ScriptTable.Ranges;
        for (int i = 0; i < ranges.Length; i += 3)
        {
            for (int codePoint = ranges[i]; codePoint <= ranges[i + 1]; codePoint++)
            {
                table[codePoint] = (byte)ranges[i + 2];
            }
        }

        return table;
    }
}
