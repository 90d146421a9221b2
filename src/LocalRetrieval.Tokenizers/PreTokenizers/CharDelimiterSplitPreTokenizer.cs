using System.Text;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"CharDelimiterSplit": cuts at one character, which it drops.</summary>
internal sealed class CharDelimiterSplitPreTokenizer : CharacterSplitPreTokenizer
{
    private readonly int _delimiter;

    private CharDelimiterSplitPreTokenizer(Rune delimiter)
        : base(SplitDelimiterBehavior.Removed) => _delimiter = delimiter.Value;

    /// <summary>Reads the component's section.</summary>
    public static CharDelimiterSplitPreTokenizer Read(JsonField section) => new(section["delimiter"].Character());

    protected override bool IsDelimiter(int codePoint) => codePoint == _delimiter;
}
