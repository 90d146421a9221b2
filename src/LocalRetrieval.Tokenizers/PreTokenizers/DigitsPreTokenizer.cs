using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"Digits": sets numbers apart, each numeric character or those in a row.</summary>
internal sealed class DigitsPreTokenizer : CharacterSplitPreTokenizer
{
    private DigitsPreTokenizer(SplitDelimiterBehavior behavior)
        : base(behavior)
    {
    }

    /// <summary>Reads the component's section.</summary>
    public static DigitsPreTokenizer Read(JsonField section) =>
        new(section["individual_digits"].Boolean() ? SplitDelimiterBehavior.Isolated : SplitDelimiterBehavior.Contiguous);

    protected override bool IsDelimiter(int codePoint) => UnicodeCharacters.IsNumeric(codePoint);
}
