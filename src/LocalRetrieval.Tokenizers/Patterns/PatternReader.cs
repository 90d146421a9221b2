using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>
/// Reads a pattern, "String" or "Regex". A regular expression must be one that there is a matcher for: .NET's differ from the
/// reference's in their syntax, their Unicode version and their case folding.
/// </summary>
internal static class PatternReader
{
    public static TextPattern Read(JsonField section)
    {
        if (section.Optional("String") is { } text)
        {
            return text.String().Length > 0 ? new LiteralPattern(text.String()) : throw text.Invalid("empty", "a string of 1 or more");
        }

        JsonField expression = section["Regex"];
        return expression.String() switch
        {
            Gpt2Pattern.Expression => new Gpt2Pattern(),
            Gpt4Pattern.Llama3Expression => new Gpt4Pattern(maxDigits: 3),
            Gpt4Pattern.QwenExpression => new Gpt4Pattern(maxDigits: 1),
            string other => throw expression.Invalid(
                $"'{other}'", $"{Gpt2Pattern.Expression} and {Gpt4Pattern.Llama3Expression} and {Gpt4Pattern.QwenExpression}"),
        };
    }
}
