using System.Buffers.Binary;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>Glyphs of a TrueType font that are made of other glyphs.</summary>
internal static class CompositeGlyphs
{
    private const int MaxDepth = 32;

    /// <summary>Whether bytes are a TrueType font with glyphs that are made of themselves, or of others without end.</summary>
    public static bool AreCyclic(ReadOnlySpan<byte> font)
    {
        if (!font.StartsWith((ReadOnlySpan<byte>)[0, 1, 0, 0]) && !font.StartsWith("true"u8))
        {
            return false;
        }

        try
        {
            return new Font(font).HasCycle();
        }
        catch (ArgumentException)
        {
            // A table outside of the file: the parser refuses the font.
            return false;
        }
    }

    private readonly ref struct Font
    {
        private readonly ReadOnlySpan<byte> _glyphs;
        private readonly ReadOnlySpan<byte> _locations;
        private readonly bool _isLong;

        public Font(ReadOnlySpan<byte> font)
        {
            _glyphs = Table(font, "glyf"u8);
            _locations = Table(font, "loca"u8);
            _isLong = Table(font, "head"u8) is { Length: >= 52 } head && head[51] != 0;
        }

        private int Count => (_locations.Length / (_isLong ? 4 : 2)) - 1;

        public bool HasCycle()
        {
            // 0: not seen; 1: being looked at; 2: ends.
            byte[] states = new byte[Math.Max(0, Count)];
            for (int glyph = 0; glyph < states.Length; glyph++)
            {
                if (!Ends(glyph, states, 0))
                {
                    return true;
                }
            }

            return false;
        }

        private bool Ends(int glyph, byte[] states, int depth)
        {
            if (glyph >= states.Length || states[glyph] == 2)
            {
                return true;
            }

            if (states[glyph] == 1 || depth > MaxDepth)
            {
                return false;
            }

            states[glyph] = 1;
            ReadOnlySpan<byte> parts = PartsOf(glyph);
            while (parts.Length >= 4)
            {
                int flags = BinaryPrimitives.ReadUInt16BigEndian(parts);
                if (!Ends(BinaryPrimitives.ReadUInt16BigEndian(parts[2..]), states, depth + 1))
                {
                    return false;
                }

                int length = 4 + ((flags & 1) != 0 ? 4 : 2) + ((flags & 0x08) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
                parts = (flags & 0x20) != 0 && length < parts.Length ? parts[length..] : [];
            }

            states[glyph] = 2;
            return true;
        }

        private ReadOnlySpan<byte> PartsOf(int glyph)
        {
            uint start = Location(glyph);
            ReadOnlySpan<byte> data = start + 12 <= _glyphs.Length ? _glyphs[(int)start..] : [];
            return !data.IsEmpty && BinaryPrimitives.ReadInt16BigEndian(data) < 0 ? data[10..] : [];
        }

        private uint Location(int glyph) => _isLong
            ? BinaryPrimitives.ReadUInt32BigEndian(_locations[(4 * glyph)..])
            : 2u * BinaryPrimitives.ReadUInt16BigEndian(_locations[(2 * glyph)..]);

        private static ReadOnlySpan<byte> Table(ReadOnlySpan<byte> font, ReadOnlySpan<byte> tag)
        {
            int tables = BinaryPrimitives.ReadUInt16BigEndian(font[4..]);
            for (int table = 0; table < tables; table++)
            {
                ReadOnlySpan<byte> entry = font.Slice(12 + (16 * table), 16);
                if (entry.StartsWith(tag))
                {
                    long start = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
                    long length = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(entry[12..]), font.Length - start);
                    return length <= 0 ? [] : font.Slice((int)start, (int)length);
                }
            }

            return [];
        }
    }
}
