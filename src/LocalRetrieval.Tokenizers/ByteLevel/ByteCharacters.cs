namespace LocalRetrieval.Tokenizers.ByteLevel;

/// <summary>
/// The printable character that stands for each byte in a byte-level vocabulary, as GPT-2 has it: a byte that is printable in
/// Latin-1 is itself, and the others are U+0100 on.
/// </summary>
internal static class ByteCharacters
{
    /// <summary>The character of the byte 0x20.</summary>
    public const char Space = '\u0120';

    private static readonly char[] ByByte = Build();
    private static readonly short[] ByCharacter = Invert();

    /// <summary>The character of each byte.</summary>
    public static ReadOnlySpan<char> Characters => ByByte;

    /// <summary>The byte of a character, -1 where it stands for none.</summary>
    public static int Byte(char character) => character < ByCharacter.Length ? ByCharacter[character] : -1;

    private static char[] Build()
    {
        char[] characters = new char[256];
        char next = '\u0100';
        for (int i = 0; i < characters.Length; i++)
        {
            bool isPrintable = i is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            characters[i] = isPrintable ? (char)i : next++;
        }

        return characters;
    }

    private static short[] Invert()
    {
        short[] bytes = new short[0x100 + 68];
        Array.Fill(bytes, (short)-1);
        for (int i = 0; i < ByByte.Length; i++)
        {
            bytes[ByByte[i]] = (short)i;
        }

        return bytes;
    }
}
