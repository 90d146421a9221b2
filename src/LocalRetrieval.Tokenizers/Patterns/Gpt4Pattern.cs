using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>
/// The regular expression of GPT-4 (cl100k) as Llama 3 writes it, and Qwen's, which takes numbers digit by digit. Every character of
/// a text is in one of its matches.
/// </summary>
/// <param name="maxDigits">How many number characters a match takes.</param>
internal sealed class Gpt4Pattern(int maxDigits) : CoveringPattern
{
    /// <summary>Llama 3's expression, up to three number characters.</summary>
    public const string Llama3Expression = Start + @"\p{N}{1,3}" + End;

    /// <summary>Another way to write that of Llama 3.</summary>
    public const string PossessiveExpression =
        @"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+";

    /// <summary>Qwen's expression, one number character.</summary>
    public const string QwenExpression = Start + @"\p{N}" + End;

    private const string Start = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|";
    private const string End = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    protected override int EndOfMatch(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && CharacterRuns.ContractionLength(text[start..]) is > 0 and int contraction)
        {
            return start + contraction;
        }

        RegexCategory category = RegexCharacters.At(text, start, out int length);
        int next = start + length;
        switch (category)
        {
            case RegexCategory.Letter:
                return RegexCharacters.EndOfRun(text, next, RegexCategory.Letter);
            case RegexCategory.Number:
                return CharacterRuns.EndOfNumber(text, next, maxDigits);
        }

        RegexCategory following = next < text.Length ? RegexCharacters.At(text, next, out _) : RegexCategory.WhiteSpace;
        if (following == RegexCategory.Letter && text[start] is not ('\r' or '\n'))
        {
            return RegexCharacters.EndOfRun(text, next, RegexCategory.Letter);
        }

        if (category == RegexCategory.Other || (text[start] == ' ' && following == RegexCategory.Other))
        {
            return EndOfLines(text, RegexCharacters.EndOfRun(text, next, RegexCategory.Other));
        }

        return CharacterRuns.EndOfLineOrSpaces(text, start, RegexCharacters.EndOfRun(text, next, RegexCategory.WhiteSpace));
    }

    private static int EndOfLines(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && text[index] is ('\r' or '\n'))
        {
            index++;
        }

        return index;
    }
}
