using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>
/// The regular expression of GPT-4 (cl100k) as Llama 3 writes it, and Qwen's, which takes numbers digit by digit. Every character of
/// a text is in one of its matches.
/// </summary>
/// <param name="maxDigits">How many number characters a match takes.</param>
internal sealed class Gpt4Pattern(int maxDigits) : TextPattern
{
    /// <summary>Llama 3's expression, up to three number characters.</summary>
    public const string Llama3Expression = Start + @"\p{N}{1,3}" + End;

    /// <summary>Qwen's expression, one number character.</summary>
    public const string QwenExpression = Start + @"\p{N}" + End;

    private const string Start = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|";
    private const string End = @"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        start = from;
        end = EndOfMatch(text, from);
        return true;
    }

    private int EndOfMatch(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && ContractionLength(text[(start + 1)..]) is > 0 and int contraction)
        {
            return start + 1 + contraction;
        }

        RegexCategory category = RegexCharacters.At(text, start, out int length);
        int next = start + length;
        switch (category)
        {
            case RegexCategory.Letter:
                return CharacterRuns.End(text, next, RegexCategory.Letter);
            case RegexCategory.Number:
                return EndOfNumber(text, next);
        }

        RegexCategory following = next < text.Length ? RegexCharacters.At(text, next, out _) : RegexCategory.WhiteSpace;
        if (following == RegexCategory.Letter && text[start] is not ('\r' or '\n'))
        {
            return CharacterRuns.End(text, next, RegexCategory.Letter);
        }

        if (category == RegexCategory.Other || (text[start] == ' ' && following == RegexCategory.Other))
        {
            return EndOfLines(text, CharacterRuns.End(text, next, RegexCategory.Other));
        }

        int end = CharacterRuns.End(text, next, RegexCategory.WhiteSpace);
        int lastLine = text[start..end].LastIndexOfAny('\r', '\n');
        return lastLine >= 0 ? start + lastLine + 1 : CharacterRuns.EndOfSpaces(text, start, end);
    }

    private int EndOfNumber(ReadOnlySpan<char> text, int index)
    {
        for (int digits = 1; digits < maxDigits && index < text.Length; digits++)
        {
            if (RegexCharacters.At(text, index, out int length) != RegexCategory.Number)
            {
                break;
            }

            index += length;
        }

        return index;
    }

    private static int EndOfLines(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && text[index] is ('\r' or '\n'))
        {
            index++;
        }

        return index;
    }

    /// <remarks>Case folding takes U+017F, the long s, for an s.</remarks>
    private static int ContractionLength(ReadOnlySpan<char> text) => text switch
    {
        ['s' or 'S' or '\u017F' or 't' or 'T' or 'm' or 'M' or 'd' or 'D', ..] => 1,
        ['r' or 'R' or 'v' or 'V', 'e' or 'E', ..] or ['l' or 'L', 'l' or 'L', ..] => 2,
        _ => 0,
    };
}
