using System.Text;
using LocalRetrieval.Tokenizers.Normalizers;

namespace LocalRetrieval.Tokenizers.ByteLevel;

/// <summary>Writes the UTF-8 of a text, each byte as its character, which has the origin of the character that the byte is of.</summary>
internal static class ByteLevelText
{
    /// <summary>Appends a range of <paramref name="source"/> to <paramref name="target"/>, which may be the same.</summary>
    public static void Append(NormalizedText source, int start, int end, NormalizedText target)
    {
        ReadOnlySpan<char> chars = source.Chars;
        ReadOnlySpan<char> characters = ByteCharacters.Characters;
        if (Ascii.IsValid(chars[start..end]))
        {
            target.AppendMapped(source, start, end, characters);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        for (int i = start; i < end;)
        {
            _ = Rune.DecodeFromUtf16(chars[i..end], out Rune rune, out int length);
            int count = rune.EncodeToUtf8(bytes);
            foreach (byte value in bytes[..count])
            {
                target.Append(characters[value], source, i);
            }

            i += length;
        }
    }
}
