using System.Buffers.Binary;
using System.Text.Unicode;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>
/// SentencePiece's map of character sequences: a double-array trie over UTF-8 bytes, whose values are places in a block of
/// replacements, each ended by a zero byte.
/// </summary>
internal sealed class CharacterMap
{
    private const int UnitSize = sizeof(uint);

    private readonly uint[] _units;
    private readonly byte[] _replacements;

    private CharacterMap(uint[] units, byte[] replacements)
    {
        _units = units;
        _replacements = replacements;
    }

    /// <summary>Reads the base64 of a map: the trie's length in bytes, the trie, the replacements.</summary>
    public static CharacterMap Read(JsonField field)
    {
        byte[] bytes = Decode(field);
        int trieLength = bytes.Length < UnitSize ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes) / UnitSize;
        if (trieLength < 1 || trieLength > (bytes.Length / UnitSize) - 1)
        {
            throw field.Invalid($"{bytes.Length} bytes that hold no trie", "the character map of a SentencePiece model");
        }

        uint[] units = new uint[trieLength];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((i + 1) * UnitSize));
        }

        byte[] replacements = bytes[((trieLength + 1) * UnitSize)..];
        return Utf8.IsValid(replacements)
            ? new CharacterMap(units, replacements)
            : throw field.Invalid("a map whose replacements are not UTF-8", "the character map of a SentencePiece model");
    }

    /// <summary>What the shortest entry that a text begins with is replaced by, as UTF-8.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="replacement">The replacement, which may be empty.</param>
    /// <returns>Whether there is an entry.</returns>
    public bool TryFind(scoped ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement)
    {
        replacement = default;
        uint position = Offset(_units[0]);
        foreach (byte label in text)
        {
            position ^= label;
            if (label == 0 || position >= _units.Length || (_units[position] & 0x800000FF) != label)
            {
                return false;
            }

            uint unit = _units[position];
            position ^= Offset(unit);
            if ((unit & 0x100) != 0)
            {
                replacement = Replacement(position);
                return true;
            }
        }

        return false;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);

    private static byte[] Decode(JsonField field)
    {
        try
        {
            return Convert.FromBase64String(field.String());
        }
        catch (FormatException)
        {
            throw field.Invalid("text that is not base64", "the base64 of the character map of a SentencePiece model");
        }
    }

    private ReadOnlySpan<byte> Replacement(uint leaf)
    {
        uint start = leaf < _units.Length ? _units[leaf] & 0x7FFFFFFF : uint.MaxValue;
        if (start > _replacements.Length)
        {
            throw new InvalidDataException("The tokenizer's precompiled_charsmap is damaged: its trie leads out of its data.");
        }

        ReadOnlySpan<byte> rest = _replacements.AsSpan((int)start);
        int end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }
}
