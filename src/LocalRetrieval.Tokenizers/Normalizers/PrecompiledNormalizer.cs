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

    /// <summary>Whether an ASCII character that is a cluster of its own stays as it is.</summary>
    private readonly bool[] _staysAscii = new bool[128];

    private PrecompiledNormalizer(CharacterMap map)
    {
        _map = map;
        for (int i = 0; i < _staysAscii.Length; i++)
        {
            _staysAscii[i] = !map.TryFind([(byte)i], out _);
        }
    }

    /// <summary>Reads the component's section.</summary>
    public static PrecompiledNormalizer Read(JsonField section) => new(CharacterMap.Read(section["precompiled_charsmap"]));

    public override void Normalize(NormalizedText text)
    {
        text.Reserve(text.Length);
        Rewriting rewriting = new(text);
        ReadOnlySpan<char> chars = text.Chars;
        for (int i = 0; i < chars.Length;)
        {
            char unit = chars[i];
            if (unit < 128 && _staysAscii[unit] && (i + 1 == chars.Length || chars[i + 1] < 128) && unit != '\r')
            {
                rewriting.Keep(unit);
                i++;
                continue;
            }

            int length = GraphemeClusters.LengthOfFirst(chars[i..]);
            NormalizeCluster(chars.Slice(i, length), ref rewriting);
            i += length;
        }

        rewriting.Finish();
        text.Commit();
    }

    private void NormalizeCluster(ReadOnlySpan<char> cluster, ref Rewriting rewriting)
    {
        Span<byte> utf8 = stackalloc byte[LongestCluster];
        if (cluster.Length <= LongestCluster && Encoding.UTF8.TryGetBytes(cluster, utf8, out int written)
            && _map.TryFind(utf8[..written], out ReadOnlySpan<byte> replacement))
        {
            rewriting.Replace(CountCharacters(cluster), replacement);
            return;
        }

        foreach (Rune rune in cluster.EnumerateRunes())
        {
            written = rune.EncodeToUtf8(utf8);
            if (_map.TryFind(utf8[..written], out replacement))
            {
                rewriting.Replace(1, replacement);
            }
            else
            {
                rewriting.Keep(rune.Value);
            }
        }
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
        private Transformation _transformation = new(text);
        private int _last = -1;
        private int _lastChange;

        public void Keep(int codePoint) => Append(codePoint, 0);

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
