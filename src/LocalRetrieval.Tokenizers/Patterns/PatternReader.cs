using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>
/// Reads a pattern, "String" or "Regex". The regular expressions of large families of tokenizers have matchers of their own, which are
/// several times faster; any other one is a <see cref="RegexPattern"/>.
/// </summary>
internal static class PatternReader
{
    /// <summary>The regular expressions with a matcher of their own.</summary>
    public static IReadOnlyDictionary<string, TextPattern> Known { get; } = new Dictionary<string, TextPattern>
    {
        [Gpt2Pattern.Expression] = new Gpt2Pattern(),
        [Gpt2Pattern.ShorterExpression] = new Gpt2Pattern(),
        [Gpt4Pattern.Llama3Expression] = new Gpt4Pattern(maxDigits: 3),
        [Gpt4Pattern.PossessiveExpression] = new Gpt4Pattern(maxDigits: 3),
        [Gpt4Pattern.QwenExpression] = new Gpt4Pattern(maxDigits: 1),
        [O200kPattern.Expression] = new O200kPattern(),
    };

    public static TextPattern Read(JsonField section)
    {
        if (section.Optional("String") is { } text)
        {
            return new LiteralPattern(text.String());
        }

        JsonField expression = section["Regex"];
        return Known.TryGetValue(expression.String(), out TextPattern? known) ? known : RegexPattern.Read(expression);
    }
}
