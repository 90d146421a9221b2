using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Tests.Unicode;

public sealed class RegexCharactersTests
{
    /// <summary>The numbers of characters in Oniguruma 6.9.10, which has Unicode 16.0.</summary>
    [Theory]
    [InlineData(nameof(RegexCategory.Letter), 141_028)]
    [InlineData(nameof(RegexCategory.Number), 1_911)]
    [InlineData(nameof(RegexCategory.WhiteSpace), 25)]
    public void Category_EveryCodePoint_CountsAreThoseOfUnicode16(string category, int count)
    {
        RegexCategory expected = Enum.Parse<RegexCategory>(category);

        Assert.Equal(count, Enumerable.Range(0, 0x110000).Count(codePoint => RegexCharacters.Category(codePoint) == expected));
    }
}
