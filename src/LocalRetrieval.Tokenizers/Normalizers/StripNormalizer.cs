using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"Strip": removes white space at the ends.</summary>
internal sealed class StripNormalizer : Normalizer
{
    private readonly bool _left;
    private readonly bool _right;

    private StripNormalizer(bool left, bool right)
    {
        _left = left;
        _right = right;
    }

    /// <summary>Reads the component's section.</summary>
    public static StripNormalizer Read(JsonField section) => new(section["strip_left"].Boolean(), section["strip_right"].Boolean());

    public override void Normalize(NormalizedText text)
    {
        ReadOnlySpan<char> chars = text.Chars;
        int start = 0;
        int end = chars.Length;
        while (_left && start < end && UnicodeCharacters.IsWhiteSpace(chars[start]))
        {
            start++;
        }

        while (_right && end > start && UnicodeCharacters.IsWhiteSpace(chars[end - 1]))
        {
            end--;
        }

        if (end - start == chars.Length)
        {
            return;
        }

        text.AppendRange(start, end);
        text.Commit();
    }
}
