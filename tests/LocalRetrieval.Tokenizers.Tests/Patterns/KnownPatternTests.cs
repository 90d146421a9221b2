using System.Text;
using System.Text.Json;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Patterns;

namespace LocalRetrieval.Tokenizers.Tests.Patterns;

/// <summary>The matchers of known regular expressions against those expressions, matched as any other is.</summary>
public sealed class KnownPatternTests
{
    private static readonly string[] Alphabet =
    [
        " ", " ", "\t", "\r", "\n", "\u00A0", "\u2003", "\u0085", "'", "'", "'", "s", "S", "t", "m", "M", "D", "r", "R", "e", "E", "V", "l", "L",
        "\u017F", "\u212A", "a", "é", "É", "ǅ", "ʰ", "中", "ж", "Ж", "\U00010400", "\U00010428", "\u1C89", "\u1C8A", "١", "1", "2", "½", "٣", "\U0001D7CE",
        ".", ",", "!", "/", "-", "_", "\u0301", "\u0903", "\u20DD", "\u00AD", "\u200B", "\u200D", "😀", "\uFE0F", "\uFFFF", "\0",
    ];

    public static TheoryData<string> Expressions => [.. PatternReader.Known.Keys];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Matches_RandomTexts_EqualsRegexPattern(string expression)
    {
        RegexPattern naive = RegexPattern.Read(new JsonField("test", "$", JsonSerializer.SerializeToElement(expression)));
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));

            Assert.Equal(Matches(naive, text), Matches(PatternReader.Known[expression], text));
        }
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Matches_EveryCharacterBetweenLetters_EqualsRegexPattern(string expression)
    {
        RegexPattern naive = RegexPattern.Read(new JsonField("test", "$", JsonSerializer.SerializeToElement(expression)));
        for (int first = 0; first < 0x110000; first += 0x100)
        {
            IEnumerable<string> characters = Enumerable.Range(first, 0x100).Where(Rune.IsValid).Select(char.ConvertFromUtf32);
            string text = string.Concat(characters.Select(character => $" a{character}A'{character}"));

            Assert.Equal(Matches(naive, text), Matches(PatternReader.Known[expression], text));
        }
    }

    private static List<string> Matches(TextPattern pattern, string text)
    {
        List<string> matches = [];
        foreach (var match in pattern.Matches(text))
        {
            matches.Add(text[match.Start..match.End]);
        }

        return matches;
    }
}
