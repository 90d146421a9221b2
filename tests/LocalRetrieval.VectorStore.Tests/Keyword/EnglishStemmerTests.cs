using System.Text.Json;
using LocalRetrieval.VectorData.Keyword;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class EnglishStemmerTests
{
    [Fact]
    public void Stem_Vocabulary_IsTheReference()
    {
        string[][] pairs = [.. KeywordData.Read("stems.jsonl.gz").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string[]>(line)!)];

        Assert.True(pairs.Length > 15_000);
        Assert.Equal(pairs, pairs.Select(pair => new[] { pair[0], Stem(pair[0]) }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ύδωρ")]
    [InlineData("'''")]
    [InlineData("yyyyyy")]
    [InlineData("3.5")]
    public void Stem_UnusualWords_StayWithinTheWord(string word) => Assert.InRange(Stem(word).Length, 0, word.Length);

    [Fact]
    public void Stem_RandomWords_StayWithinTheWord()
    {
        Random random = new(1);
        string[] endings = ["", "s", "ed", "ing", "ingly", "ational", "fulness", "bl", "'s", "ied", "li", "ion", "e", "l", "ement"];
        for (int i = 0; i < 50_000; i++)
        {
            string word = new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => "abcdeilsty'"[random.Next(11)])]) + endings[random.Next(endings.Length)];
            Assert.InRange(Stem(word).Length, 0, word.Length);
        }
    }

    private static string Stem(string word)
    {
        char[] characters = word.ToCharArray();
        return new string(characters, 0, EnglishStemmer.Stem(characters));
    }
}
