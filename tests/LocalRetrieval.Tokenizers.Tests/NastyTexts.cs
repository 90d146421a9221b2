using System.Text;

namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>Random well-formed texts of what breaks tokenizers, from a seed.</summary>
internal static class NastyTexts
{
    private static readonly string[] Parts =
    [
        " ", "\t", "\r\n", "\u0085", "\u00A0", "\u2028", "\u3000", "\u200B", "\u200D", "\uFEFF", "\uFFFD", "\0", "\u0001", "\u007F",
        "\u00AD", "a", "B", "hello", "Wörld", "naïve", "É", "e\u0301", "e\u0323\u0301", "a\u0315\u0300\u05AE\u0300", "İ", "ı", "ſ", "ß",
        "ẞ", "Σ", "ς", "Å", "ﬁ", "Ǆ", "가", "각", "힣", "\u1100\u1161", "中", "文字", "\uF900", "\U0002F800", "\U00020000", "\U0002B820",
        "日本語", "ไทย", "हिन्दी", "עִבְרִית", "العربية", "😀", "👨‍👩‍👧", "🇩🇪", "\U0001D165\U0001D16D", "\u302E", "\u0F71\u0F72", "\u0344",
        "\u0DDD", "\U000110BD", "\U0010FFFF", "\uE000", "\uFFFF", "!", "...", "don't", " do not", "#", "##a", "$", "^", "`", "~",
        "[MASK]", "[CLS]", "[SEP", "_", "—", "«", "„", "\u166D", "\u0600", "x1", "3.14", "http://a.b/c?d=e", "ÀÉÎõü", "ΑΒΓ", "Привет",
        "\u1885", "\uA9BD", "\u1734",
    ];

    /// <summary>Texts of 0 to 40 parts, one in eight of them with arbitrary characters.</summary>
    public static IEnumerable<string> Generate(int seed, int count)
    {
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            StringBuilder text = new();
            for (int parts = random.Next(41); parts > 0; parts--)
            {
                _ = random.Next(8) == 0 ? text.Append(AnyCharacter(random)) : text.Append(Parts[random.Next(Parts.Length)]);
            }

            yield return text.ToString();
        }
    }

    private static string AnyCharacter(Random random)
    {
        int codePoint = random.Next(2) == 0 ? random.Next(0x3000) : random.Next(0x110000);
        return Rune.IsValid(codePoint) ? new Rune(codePoint).ToString() : "?";
    }
}
