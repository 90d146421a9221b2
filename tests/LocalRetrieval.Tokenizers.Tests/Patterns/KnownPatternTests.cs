using System.Text.RegularExpressions;
using LocalRetrieval.Tokenizers.Patterns;

namespace LocalRetrieval.Tokenizers.Tests.Patterns;

/// <summary>The matchers against their expressions, run by .NET's Regex on characters on which it agrees with the reference's.</summary>
public sealed class KnownPatternTests
{
    private const string Alphabet = "  \t\r\n\u00A0\u2003'''sStTmMdDrReEvVlLaaé中ж١12½٣.,!-_\u0301\u00AD";

    private static readonly Dictionary<string, (TextPattern Pattern, string Expression)> Known = new()
    {
        ["gpt2"] = (new Gpt2Pattern(), Gpt2Pattern.Expression),
        ["llama3"] = (new Gpt4Pattern(maxDigits: 3), Gpt4Pattern.Llama3Expression),
        ["qwen"] = (new Gpt4Pattern(maxDigits: 1), Gpt4Pattern.QwenExpression),
    };

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama3")]
    [InlineData("qwen")]
    public void TryFind_RandomTexts_EqualsRegex(string name)
    {
        (TextPattern pattern, string expression) = Known[name];
        Regex regex = new(expression, RegexOptions.CultureInvariant);
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));

            Assert.Equal(regex.Matches(text).Select(match => match.Value), Matches(pattern, text));
        }
    }

    [Theory]
    [InlineData("gpt2", "I'm 'S", new[] { "I", "'m", " '", "S" })]
    [InlineData("llama3", "it'\u017Fo", new[] { "it", "'\u017F", "o" })]
    [InlineData("llama3", "a😀b\U00010400\U0001D7CE\U0001D7CE\U0001D7CE\U0001D7CE", new[] { "a", "😀b\U00010400", "\U0001D7CE\U0001D7CE\U0001D7CE", "\U0001D7CE" })]
    [InlineData("gpt2", "a😀\U00010400", new[] { "a", "😀", "\U00010400" })]
    [InlineData("gpt2", "\u1C8A\u1C89", new[] { "\u1C8A\u1C89" })]
    public void TryFind_WhereDotNetDiffers_IsAsInTheReference(string name, string text, string[] matches) =>
        Assert.Equal(matches, Matches(Known[name].Pattern, text));

    private static List<string> Matches(TextPattern pattern, string text)
    {
        List<string> matches = [];
        for (int from = 0; from < text.Length && pattern.TryFind(text, from, out int start, out int end); from = end)
        {
            matches.Add(text[start..end]);
        }

        return matches;
    }
}
