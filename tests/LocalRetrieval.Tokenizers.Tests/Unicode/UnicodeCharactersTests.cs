using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.Tests.Unicode;

public sealed class UnicodeCharactersTests
{
    /// <summary>The number of code points that the reference's own tables have; the 9 are the symbols of ASCII.</summary>
    [Theory]
    [InlineData(CharacterKinds.Other, 137683)]
    [InlineData(CharacterKinds.Punctuation, 717 + 9)]
    [InlineData(CharacterKinds.NonspacingMark, 1567)]
    [InlineData(CharacterKinds.WhiteSpace, 25)]
    [InlineData(CharacterKinds.Combining, 814)]
    [InlineData(CharacterKinds.Decomposable, 13232)]
    [InlineData(CharacterKinds.Uppercase, 1488)]
    public void Kinds_EveryCodePoint_AreAsManyAsTheReferenceHas(object kind, int expected) =>
        Assert.Equal(expected, Enumerable.Range(0, 0x110000).Count(c => (UnicodeCharacters.Kinds(c) & (CharacterKinds)kind) != 0));

    /// <summary>The number of code points that the reference takes for a part of a word.</summary>
    [Fact]
    public void IsWord_EveryCodePoint_AreAsManyAsTheReferenceHas() =>
        Assert.Equal(144667, Enumerable.Range(0, 0x110000).Count(UnicodeCharacters.IsWord));

    /// <summary>The property differs from the categories of one Unicode version, and the version from that of the runtime.</summary>
    [Theory]
    [InlineData(0x200D, true)]
    [InlineData(0x24B6, true)]
    [InlineData(0x203F, true)]
    [InlineData(0x1C89, true)]
    [InlineData(0x323AF, true)]
    [InlineData(0xA7CE, false)]
    [InlineData(0x323B0, false)]
    [InlineData(0x200B, false)]
    [InlineData(0xB2, false)]
    [InlineData(0x1F600, false)]
    public void IsWord_CodePoint_EqualsReference(int codePoint, bool expected) => Assert.Equal(expected, UnicodeCharacters.IsWord(codePoint));

    [Theory]
    [InlineData('A', 'a')]
    [InlineData('É', 'é')]
    [InlineData(0x10400, 0x10428)]
    [InlineData(0x1E9E, 0xDF)]
    [InlineData(0x16EB8, 0x16ED3)]
    [InlineData(0xA7CB, 0x264)]
    [InlineData('ß', 'ß')]
    public void ToLower_CodePoint_IsItsLowercase(int codePoint, int expected) => Assert.Equal(expected, UnicodeCharacters.ToLower(codePoint));

    [Theory]
    [InlineData('a', new int[] { 'a' })]
    [InlineData(0x1EAD, new[] { 0x61, 0x323, 0x302 })]
    [InlineData(0x1F82, new[] { 0x3B1, 0x313, 0x300, 0x345 })]
    [InlineData(0xD4DB, new[] { 0x1111, 0x1171, 0x11B6 })]
    [InlineData(0xAC00, new[] { 0x1100, 0x1161 })]
    [InlineData(0x2F800, new[] { 0x4E3D })]
    [InlineData(0x11938, new[] { 0x11938 })]
    public void Decompose_CodePoint_IsFullyDecomposed(int codePoint, int[] expected)
    {
        int[] parts = new int[4];

        Assert.Equal(expected, parts[..UnicodeCharacters.Decompose(codePoint, parts)]);
    }
}
