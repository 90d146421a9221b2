using System.Buffers;
using System.Text;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"Precompiled": SentencePiece's normalization, which replaces grapheme clusters and characters by a map.</summary>
/// <remarks>
/// As in the reference, a short cluster is replaced as a whole where an entry of the map begins it, even if the entry is shorter;
/// and what is removed at the beginning of a text shifts the origins of what follows.
/// </remarks>
internal sealed class PrecompiledNormalizer : Normalizer
{
    /// <summary>Clusters of more UTF-8 bytes than this are taken character by character.</summary>
    private const int LongestCluster = 5;

    private readonly CharacterMap _map;

    /// <summary>The characters that the map has.</summary>
    private readonly CodePointTable<bool> _mapped;

    /// <summary>The characters of ASCII that are clusters of their own and stay, unless something joins them.</summary>
    private readonly SearchValues<char> _plainAscii;

    private PrecompiledNormalizer(CharacterMap map)
    {
        _map = map;
        _mapped = map.Characters();
        _plainAscii = SearchValues.Create([.. Enumerable.Range(0, 128).Where(IsPlain).Select(unit => (char)unit)]);
    }

    /// <summary>Reads the component's section.</summary>
    public static PrecompiledNormalizer Read(JsonField section) => new(CharacterMap.Read(section["precompiled_charsmap"]));

    public override void Normalize(NormalizedText text)
    {
        ReadOnlySpan<char> chars = text.Chars;
        int plain = EndOfPlain(text, 0);
        if (plain == chars.Length)
        {
            return;
        }

        text.Reserve(chars.Length);
        Rewriting rewriting = new(text);
        for (int i = 0; i < chars.Length; plain = EndOfPlain(text, i))
        {
            rewriting.Keep(i, plain);
            i = plain;
            if (i < chars.Length)
            {
                int length = GraphemeClusters.LengthOfFirst(chars[i..]);
                NormalizeCluster(chars.Slice(i, length), ref rewriting);
                i += length;
            }
        }

        rewriting.Finish();
        text.Commit();
    }

    /// <summary>Where the characters end that stay, each a cluster of its own.</summary>
    private int EndOfPlain(NormalizedText text, int start)
    {
        ReadOnlySpan<char> chars = text.Chars;
        for (int i = start; i < chars.Length;)
        {
            if (chars[i] < 128)
            {
                int run = chars[i..].IndexOfAnyExcept(_plainAscii);
                i = run < 0 ? chars.Length - 1 : run > 1 ? i + run - 1 : i;
            }

            int next = text.NextCodePoint(i, out int codePoint);
            if (!IsPlain(codePoint))
            {
                return i;
            }

            if (next < chars.Length)
            {
                _ = text.NextCodePoint(next, out int following);
                if (GraphemeClusters.Joins(following))
                {
                    return i;
                }
            }

            i = next;
        }

        return chars.Length;
    }

    private bool IsPlain(int codePoint) => !_mapped[codePoint] && GraphemeClusters.StandsAlone(codePoint);

    private void NormalizeCluster(ReadOnlySpan<char> cluster, ref Rewriting rewriting)
    {
        Span<byte> utf8 = stackalloc byte[LongestCluster];
        ReadOnlySpan<byte> replacement;
        if (Utf8Length(cluster) <= LongestCluster
            && _map.TryFind(utf8[..Encoding.UTF8.GetBytes(cluster, utf8)], out replacement))
        {
            rewriting.Replace(CountCharacters(cluster), replacement);
            return;
        }

        foreach (Rune rune in cluster.EnumerateRunes())
        {
            if (_mapped[rune.Value] && _map.TryFind(utf8[..rune.EncodeToUtf8(utf8)], out replacement))
            {
                rewriting.Replace(1, replacement);
            }
            else
            {
                rewriting.Keep(rune.Value);
            }
        }
    }

    private static int Utf8Length(ReadOnlySpan<char> text)
    {
        int length = 0;
        foreach (char unit in text)
        {
            length += unit < 0x80 ? 1 : unit < 0x800 || char.IsSurrogate(unit) ? 2 : 3;
        }

        return length;
    }

    private static int CountCharacters(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>A transformation whose last character is held back, since what is removed after it changes its change.</summary>
    private ref struct Rewriting(NormalizedText text)
    {
        private readonly NormalizedText _text = text;
        private Transformation _transformation = new(text, 0);
        private int _last = -1;
        private int _lastChange;

        public void Keep(int codePoint) => Append(codePoint, 0);

        /// <summary>Keeps a range of the text.</summary>
        public void Keep(int start, int end)
        {
            if (start == end)
            {
                return;
            }

            Append(-1, 0);
            int last = end - (char.IsLowSurrogate(_text.Chars[end - 1]) ? 2 : 1);
            int at = _transformation.TryKeep(start, last) ? last : start;
            while (at < end)
            {
                at = _text.NextCodePoint(at, out int codePoint);
                Keep(codePoint);
            }
        }

        /// <summary>Replaces so many characters of the text.</summary>
        public void Replace(int count, scoped ReadOnlySpan<byte> replacement)
        {
            int added = -count;
            for (int at = 0; at < replacement.Length; added++)
            {
                _ = Rune.DecodeFromUtf8(replacement[at..], out Rune rune, out int length);
                Append(rune.Value, added < 0 ? 0 : 1);
                at += length;
            }

            _lastChange += Math.Min(added, 0);
        }

        public void Finish() => Append(-1, 0);

        private void Append(int codePoint, int change)
        {
            if (_last >= 0)
            {
                _transformation.Append(_last, _lastChange);
            }

            (_last, _lastChange) = (codePoint, change);
        }
    }
}
