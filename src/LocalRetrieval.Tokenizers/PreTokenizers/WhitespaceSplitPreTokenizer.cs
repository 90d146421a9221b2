using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"WhitespaceSplit": cuts at white space, which it drops.</summary>
internal sealed class WhitespaceSplitPreTokenizer() : CharacterSplitPreTokenizer(SplitDelimiterBehavior.Removed)
{
    protected override bool IsDelimiter(int codePoint) => UnicodeCharacters.IsWhiteSpace(codePoint);
}
