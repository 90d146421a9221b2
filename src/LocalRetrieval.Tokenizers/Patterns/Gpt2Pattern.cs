using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>The regular expression of GPT-2. Every character of a text is in one of its matches.</summary>
internal sealed class Gpt2Pattern : CoveringPattern
{
    /// <summary>The expression.</summary>
    public const string Expression = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>Another way to write it.</summary>
    public const string ShorterExpression = @"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    protected override int EndOfMatch(ReadOnlySpan<char> text, int start) => End(text, start);

    /// <summary>Where the match that begins at <paramref name="start"/> ends.</summary>
    public static int End(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && ContractionLength(text[(start + 1)..]) is > 0 and int length)
        {
            return start + 1 + length;
        }

        int index = text[start] == ' ' && start + 1 < text.Length ? start + 1 : start;
        RegexCategory category = RegexCharacters.At(text, index, out int first);
        if (category != RegexCategory.WhiteSpace)
        {
            return RegexCharacters.EndOfRun(text, index + first, category);
        }

        return CharacterRuns.EndOfSpaces(text, start, RegexCharacters.EndOfRun(text, index + first, RegexCategory.WhiteSpace));
    }

    private static int ContractionLength(ReadOnlySpan<char> text) => text switch
    {
        ['s' or 't' or 'm' or 'd', ..] => 1,
        ['r' or 'v', 'e', ..] or ['l', 'l', ..] => 2,
        _ => 0,
    };
}
