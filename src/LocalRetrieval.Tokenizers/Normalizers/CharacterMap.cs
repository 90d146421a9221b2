using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Unicode;

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
            if (!TryStep(ref position, label, out bool isEntry))
            {
                return false;
            }

            if (isEntry)
            {
                replacement = Replacement(position);
                return true;
            }
        }

        return false;
    }

    /// <summary>The characters for which <see cref="TryFind"/> finds an entry.</summary>
    public CodePointTable<bool> Characters()
    {
        CodePointTable<bool> characters = new();
        for (int lead = 1; lead < 0xF5; lead++)
        {
            uint position = Offset(_units[0]);
            if ((lead is < 0x80 or >= 0xC2) && TryStep(ref position, (byte)lead, out bool isEntry))
            {
                int rest = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
                Collect(position, isEntry, rest == 0 ? lead : lead & (0x3F >> rest), rest, characters);
            }
        }

        return characters;
    }

    /// <summary>Collects the characters whose UTF-8 begins with what led to a position, and has so many more bytes.</summary>
    private void Collect(uint position, bool isEntry, int value, int rest, CodePointTable<bool> characters)
    {
        if (rest == 0)
        {
            if (isEntry && Rune.IsValid(value))
            {
                characters[value] = true;
            }

            return;
        }

        for (int next = 0; next < 0x40; next++)
        {
            uint child = position;
            bool isChildEntry = isEntry;
            if (isEntry || TryStep(ref child, (byte)(0x80 | next), out isChildEntry))
            {
                Collect(child, isChildEntry, (value << 6) | next, rest - 1, characters);
            }
        }
    }

    /// <summary>Follows one byte.</summary>
    /// <returns>Whether some entry goes on with it; <paramref name="isEntry"/> says whether one ends there.</returns>
    private bool TryStep(ref uint position, byte label, out bool isEntry)
    {
        isEntry = false;
        position ^= label;
        if (label == 0 || position >= _units.Length || (_units[position] & 0x800000FF) != label)
        {
            return false;
        }

        uint unit = _units[position];
        position ^= Offset(unit);
        isEntry = (unit & 0x100) != 0;
        return true;
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
