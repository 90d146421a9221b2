using System.Diagnostics;
using System.Text;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>
/// A text under normalization, in UTF-16, that knows for each of its units which range of the original text it comes from.
/// A normalizer reads <see cref="Chars"/>, appends what replaces them, and ends with <see cref="Commit"/>.
/// </summary>
/// <remarks>One call's work space: not thread-safe, reused from call to call.</remarks>
internal sealed class NormalizedText
{
    private Buffers _current = new();
    private Buffers _next = new();
    private int _originalStart;

    /// <summary>Whether origins are kept; a caller that wants only ids saves that work.</summary>
    public bool TracksOrigins { get; private set; }

    /// <summary>The text as it is now.</summary>
    public ReadOnlySpan<char> Chars => _current.Chars.AsSpan(0, _current.Count);

    /// <summary>The number of UTF-16 units in <see cref="Chars"/>.</summary>
    public int Length => _current.Count;

    /// <summary>The number of units that were appended since the last <see cref="Commit"/>.</summary>
    public int AppendedLength => _next.Count;

    /// <summary>Starts over with a piece of the original text that begins at <paramref name="originalStart"/>.</summary>
    public void Reset(ReadOnlySpan<char> piece, int originalStart, bool tracksOrigins)
    {
        TracksOrigins = tracksOrigins;
        _originalStart = originalStart;
        _next.Count = 0;
        _current.Count = 0;
        _current.Reserve(piece.Length);
        piece.CopyTo(_current.Chars);
        _current.Count = piece.Length;
        if (!tracksOrigins)
        {
            return;
        }

        for (int i = 0; i < piece.Length; i++)
        {
            bool isSecond = char.IsLowSurrogate(piece[i]) && i > 0;
            bool isFirst = char.IsHighSurrogate(piece[i]) && i + 1 < piece.Length;
            _current.Starts[i] = originalStart + (isSecond ? i - 1 : i);
            _current.Ends[i] = originalStart + i + (isFirst ? 2 : 1);
        }
    }

    /// <summary>Where in the original text the unit at <paramref name="index"/> begins.</summary>
    public int OriginStart(int index) => _current.Starts[index];

    /// <summary>Where in the original text the unit at <paramref name="index"/> ends.</summary>
    public int OriginEnd(int index) => _current.Ends[index];

    /// <summary>Makes room for <paramref name="count"/> units to append.</summary>
    public void Reserve(int count) => _next.Reserve(_next.Count + count);

    /// <summary>Appends a unit that has the origin of the current text's unit at <paramref name="source"/>.</summary>
    public void Append(char unit, int source) => Append(unit, this, source);

    /// <summary>Appends a unit that has the origin of another text's unit at <paramref name="source"/>.</summary>
    public void Append(char unit, NormalizedText other, int source)
    {
        Buffers next = _next;
        if (next.Count == next.Chars.Length)
        {
            next.Reserve(next.Count + 1);
        }

        if (TracksOrigins)
        {
            next.Starts[next.Count] = other._current.Starts[source];
            next.Ends[next.Count] = other._current.Ends[source];
        }

        next.Chars[next.Count++] = unit;
    }

    /// <summary>
    /// Appends a unit that has the origin of the current text's unit before <paramref name="index"/>; before the first one, that is
    /// nothing at the beginning of the original piece.
    /// </summary>
    public void AppendAfter(char unit, int index)
    {
        if (index > 0)
        {
            Append(unit, index - 1);
            return;
        }

        Reserve(1);
        if (TracksOrigins)
        {
            (_next.Starts[_next.Count], _next.Ends[_next.Count]) = (_originalStart, _originalStart);
        }

        _next.Chars[_next.Count++] = unit;
    }

    /// <summary>Appends a range of the current text as it is.</summary>
    public void AppendRange(int start, int end)
    {
        int count = end - start;
        Reserve(count);
        _current.Chars.AsSpan(start, count).CopyTo(_next.Chars.AsSpan(_next.Count));
        if (TracksOrigins)
        {
            _current.Starts.AsSpan(start, count).CopyTo(_next.Starts.AsSpan(_next.Count));
            _current.Ends.AsSpan(start, count).CopyTo(_next.Ends.AsSpan(_next.Count));
        }

        _next.Count += count;
    }

    /// <summary>Appends what <paramref name="map"/> has for each unit of a range of another text.</summary>
    public void AppendMapped(NormalizedText other, int start, int end, ReadOnlySpan<char> map)
    {
        int count = end - start;
        Reserve(count);
        Span<char> target = _next.Chars.AsSpan(_next.Count, count);
        ReadOnlySpan<char> source = other.Chars[start..end];
        for (int i = 0; i < source.Length && i < target.Length; i++)
        {
            target[i] = map[source[i]];
        }

        if (TracksOrigins)
        {
            other._current.Starts.AsSpan(start, count).CopyTo(_next.Starts.AsSpan(_next.Count));
            other._current.Ends.AsSpan(start, count).CopyTo(_next.Ends.AsSpan(_next.Count));
        }

        _next.Count += count;
    }

    /// <summary>Appends a code point that has the origin of the current text's unit at <paramref name="source"/>.</summary>
    public void Append(int codePoint, int source)
    {
        if (codePoint < 0x10000)
        {
            Append((char)codePoint, source);
            return;
        }

        Span<char> units = stackalloc char[2];
        int count = new Rune(codePoint).EncodeToUtf16(units);
        Debug.Assert(count == 2);
        Append(units[0], source);
        Append(units[1], source);
    }

    /// <summary>Where the code point at <paramref name="index"/> ends, and which it is.</summary>
    public int NextCodePoint(int index, out int codePoint)
    {
        ReadOnlySpan<char> chars = Chars;
        codePoint = chars[index];
        if (char.IsHighSurrogate(chars[index]) && index + 1 < chars.Length && char.IsLowSurrogate(chars[index + 1]))
        {
            codePoint = char.ConvertToUtf32(chars[index], chars[index + 1]);
            return index + 2;
        }

        return index + 1;
    }

    /// <summary>What was appended becomes the text.</summary>
    public void Commit()
    {
        (_current, _next) = (_next, _current);
        _next.Count = 0;
    }

    private sealed class Buffers
    {
        public char[] Chars { get; private set; } = [];

        public int[] Starts { get; private set; } = [];

        public int[] Ends { get; private set; } = [];

        public int Count { get; set; }

        /// <summary>Makes room for that many units with their origins, even where none are kept: the next text may keep them.</summary>
        public void Reserve(int capacity)
        {
            if (Chars.Length < capacity)
            {
                int length = Math.Max(capacity, Chars.Length * 2);
                Chars = Grown(Chars, length);
                Starts = Grown(Starts, length);
                Ends = Grown(Ends, length);
            }
        }

        private T[] Grown<T>(T[] values, int length)
        {
            T[] grown = new T[length];
            Array.Copy(values, grown, Count);
            return grown;
        }
    }
}
