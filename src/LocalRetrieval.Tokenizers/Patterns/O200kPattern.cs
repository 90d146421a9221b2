using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>The regular expression of GPT-4o (o200k). Every character of a text is in one of its matches.</summary>
internal sealed class O200kPattern : CoveringPattern
{
    /// <summary>The expression.</summary>
    public const string Expression =
        Lead + Uppers + "*" + Lowers + "+" + Contraction + "|" + Lead + Uppers + "+" + Lowers + "*" + Contraction + Rest;

    private const string Lead = @"[^\r\n\p{L}\p{N}]?";
    private const string Uppers = @"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]";
    private const string Lowers = @"[\p{Ll}\p{Lm}\p{Lo}\p{M}]";
    private const string Contraction = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
    private const string Rest = @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    protected override int EndOfMatch(ReadOnlySpan<char> text, int start)
    {
        RegexCategory category = RegexCharacters.At(text, start, out int length);
        int next = start + length;
        if (category == RegexCategory.Number)
        {
            return CharacterRuns.EndOfNumber(text, next, maxDigits: 3);
        }

        if (EndOfWord(text, start, category, next) is > 0 and int word)
        {
            return word + CharacterRuns.ContractionLength(text[word..]);
        }

        if (category == RegexCategory.Other || CharacterRuns.IsSpaceBeforeOther(text, start))
        {
            int end = RegexCharacters.EndOfRun(text, next, RegexCategory.Other);
            int rest = text[end..].IndexOfAnyExcept("\r\n/");
            return rest < 0 ? text.Length : end + rest;
        }

        return CharacterRuns.EndOfLineOrSpaces(text, start, RegexCharacters.EndOfRun(text, next, RegexCategory.WhiteSpace));
    }

    /// <summary>The two alternatives for words, each with what may lead a word and without; 0 where none matches.</summary>
    private static int EndOfWord(ReadOnlySpan<char> text, int start, RegexCategory category, int next)
    {
        if (category == RegexCategory.Letter)
        {
            return EndOfLowers(text, start) is > 0 and int lowers ? lowers : EndOfUppers(text, start);
        }

        if (text[start] is '\r' or '\n')
        {
            return 0;
        }

        if (EndOfLowers(text, next) is > 0 and int led)
        {
            return led;
        }

        return EndOfLowers(text, start) is > 0 and int alone ? alone : EndOfUppers(text, next);
    }

    /// <summary>Uppers* Lowers+, where what is both goes to the first as long as one is left for the second.</summary>
    private static int EndOfLowers(ReadOnlySpan<char> text, int index)
    {
        int endOfLastBoth = 0;
        while (index < text.Length)
        {
            LetterShape shape = RegexCharacters.ShapeAt(text, index, out int length);
            if (shape == LetterShape.Lower)
            {
                return End(text, index, LetterShape.Lower);
            }

            if (shape == LetterShape.None)
            {
                break;
            }

            index += length;
            endOfLastBoth = shape == LetterShape.Both ? index : endOfLastBoth;
        }

        return endOfLastBoth;
    }

    /// <summary>Uppers+ Lowers*, where the other alternative does not match: no lower follows.</summary>
    private static int EndOfUppers(ReadOnlySpan<char> text, int index) =>
        End(text, index, LetterShape.Upper) is int end && end > index ? end : 0;

    private static int End(ReadOnlySpan<char> text, int index, LetterShape shape)
    {
        while (index < text.Length && (RegexCharacters.ShapeAt(text, index, out int length) & shape) != 0)
        {
            index += length;
        }

        return index;
    }
}
