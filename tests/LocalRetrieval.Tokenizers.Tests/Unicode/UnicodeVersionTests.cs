using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Tests.Unicode;

/// <summary>Each table is of the version that README.md beside the tables states: it has what that version added, and nothing newer.</summary>
public sealed class UnicodeVersionTests
{
    /// <summary>A property, a code point that the stated version gave it, and one that the next version to add any did.</summary>
    public static TheoryData<string, int, int> Versions => new()
    {
        { "Punctuation 8.0", 0x1DA87, 0x1E95E },
        { "Nonspacing mark 8.0", 0x1DA00, 0x1E944 },
        { "Combining class 9.0", 0x1E944, 0x11A34 },
        { "Combining mark 9.0", 0x1E944, 0x11A34 },
        { "Compatibility decomposition 9.0", 0x1F23B, 0x32FF },
        { "Script 9.0", 0x1E900, 0x11A00 },
        { "Word 16.0", 0x1C89, 0xA7CE },
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public void Table_OfStatedVersion_HasWhatItAddedAndNothingNewer(string property, int added, int newer)
    {
        Assert.True(Has(property, added));
        Assert.False(Has(property, newer));
    }

    [Theory]
    [InlineData("Canonical decomposition 9.0", 0x11938)]
    public void Table_WithoutAdditionsInItsVersion_HasNothingNewer(string property, int newer) => Assert.False(Has(property, newer));

    /// <summary>17.0 is the newest version.</summary>
    [Theory]
    [InlineData("Lowercase 17.0", 0xA7CE)]
    [InlineData("Numeric 17.0", 0x11DE0)]
    public void Table_OfNewestVersion_HasWhatItAdded(string property, int added) => Assert.True(Has(property, added));

    private static bool Has(string property, int codePoint) => property[..property.LastIndexOf(' ')] switch
    {
        "Punctuation" => UnicodeCharacters.IsPunctuation(codePoint),
        "Nonspacing mark" => (UnicodeCharacters.Kinds(codePoint) & CharacterKinds.NonspacingMark) != 0,
        "Combining class" => UnicodeCharacters.CombiningClass(codePoint) != 0,
        "Combining mark" => UnicodeCharacters.IsCombiningMark(codePoint),
        "Canonical decomposition" => UnicodeCharacters.Decomposition(codePoint).Length > 0,
        "Compatibility decomposition" => Decompositions.OfCompatibility(codePoint).Length > 0,
        "Script" => Scripts.Of(codePoint) != Scripts.Any,
        "Word" => UnicodeCharacters.IsWord(codePoint),
        "Lowercase" => UnicodeCharacters.ToLower(codePoint) != codePoint,
        "Numeric" => UnicodeCharacters.IsNumeric(codePoint),
        _ => throw new ArgumentOutOfRangeException(nameof(property)),
    };
}
