using System.Text;
using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Tests.Normalizers;

/// <summary>Naive twins of the normalizers that copy what stays: these rewrite each character.</summary>
internal sealed class NaiveNormalizer(Action<NormalizedText> normalize) : Normalizer
{
    public static NaiveNormalizer Lowercase { get; } = Each((codePoint, text, source) =>
    {
        text.Append(UnicodeCharacters.ToLower(codePoint), source);
        if (codePoint == 0x130)
        {
            text.Append(0x307, source);
        }
    });

    public static NaiveNormalizer StripAccents { get; } = Each((codePoint, text, source) =>
    {
        if (!UnicodeCharacters.IsCombiningMark(codePoint))
        {
            text.Append(codePoint, source);
        }
    });

    public static NaiveNormalizer Nmt { get; } = Each((codePoint, text, source) =>
    {
        if (codePoint is (>= 1 and <= 8) or 0xB or (>= 0xE and <= 0x1F) or 0x7F or 0x8F or 0x9F)
        {
            return;
        }

        bool isSpace = codePoint is 9 or 0xA or 0xC or 0xD or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD;
        text.Append(isSpace ? ' ' : codePoint, source);
    });

    public override void Normalize(NormalizedText text) => normalize(text);

    /// <summary>The replacement of each cluster or character, as changes of the whole text.</summary>
    public static NaiveNormalizer Precompiled(CharacterMap map) => new(text =>
    {
        List<(int CodePoint, int Change)> changes = [];
        string content = text.Chars.ToString();
        for (int i = 0; i < content.Length;)
        {
            int length = GraphemeClusters.LengthOfFirst(content.AsSpan(i));
            string cluster = content.Substring(i, length);
            if (Encoding.UTF8.GetByteCount(cluster) > 5 || !TryReplace(map, cluster, changes))
            {
                foreach (Rune rune in cluster.EnumerateRunes())
                {
                    if (!TryReplace(map, rune.ToString(), changes))
                    {
                        changes.Add((rune.Value, 0));
                    }
                }
            }

            i += length;
        }

        Transformation transformation = new(text, 0);
        foreach ((int codePoint, int change) in changes)
        {
            transformation.Append(codePoint, change);
        }

        text.Commit();
    });

    private static bool TryReplace(CharacterMap map, string part, List<(int CodePoint, int Change)> changes)
    {
        if (!map.TryFind(Encoding.UTF8.GetBytes(part), out ReadOnlySpan<byte> found))
        {
            return false;
        }

        Rune[] replacement = [.. Encoding.UTF8.GetString(found).EnumerateRunes()];
        int replaced = part.EnumerateRunes().Count();
        changes.AddRange(replacement.Select((rune, index) => (rune.Value, index < replaced ? 0 : 1)));
        if (replacement.Length < replaced && changes.Count > 0)
        {
            changes[^1] = (changes[^1].CodePoint, changes[^1].Change + replacement.Length - replaced);
        }

        return true;
    }

    private static NaiveNormalizer Each(Action<int, NormalizedText, int> append) => new(text =>
    {
        for (int i = 0; i < text.Length;)
        {
            int source = i;
            i = text.NextCodePoint(i, out int codePoint);
            append(codePoint, text, source);
        }

        text.Commit();
    });
}
