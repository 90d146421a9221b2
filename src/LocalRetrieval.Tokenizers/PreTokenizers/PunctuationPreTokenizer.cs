using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"Punctuation": cuts at each punctuation character.</summary>
internal sealed class PunctuationPreTokenizer : CharacterSplitPreTokenizer
{
    private PunctuationPreTokenizer(SplitDelimiterBehavior behavior)
        : base(behavior)
    {
    }

    /// <summary>Reads the component's section.</summary>
    public static PunctuationPreTokenizer Read(JsonField section) =>
        new(section.Has("behavior") ? SplitDelimiterBehaviorReader.Read(section["behavior"]) : SplitDelimiterBehavior.Isolated);

    protected override bool IsDelimiter(int codePoint) => UnicodeCharacters.IsPunctuation(codePoint);
}
