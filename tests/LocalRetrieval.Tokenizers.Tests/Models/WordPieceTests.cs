using LocalRetrieval.Tokenizers.Models;

namespace LocalRetrieval.Tokenizers.Tests.Models;

public sealed class WordPieceTests
{
    [Theory]
    [InlineData("unwanted", new[] { 7, 8, 9 })]
    [InlineData("unwantedx", new[] { 1 })]
    [InlineData("xun", new[] { 1 })]
    [InlineData("abb", new[] { 10, 12, 12 })]
    [InlineData("😀", new[] { 1 })]
    public void EncodeToIds_Word_IsCutGreedily(string word, int[] ids) => Assert.Equal(ids, new TinyTokenizer().Load().EncodeToIds(word));

    [Theory]
    [InlineData(4, new[] { 10, 12, 12, 12 })]
    [InlineData(3, new[] { 1 })]
    public void EncodeToIds_WordPastTheLimit_IsUnknown(int limit, int[] ids)
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("model.max_input_chars_per_word", $"{limit}").Load();

        Assert.Equal(ids, tokenizer.EncodeToIds("abbb"));
    }

    [Fact]
    public void EncodeToIds_LimitOfCharacters_CountsCodePoints()
    {
        Tokenizer tokenizer = new TinyTokenizer()
            .Set("model.max_input_chars_per_word", "3")
            .Set("model.vocab", """{ "[UNK]": 0, "😀": 1, "##😀": 2 }""")
            .Load();

        Assert.Equal([1, 2, 2], tokenizer.EncodeToIds("😀😀😀"));
        Assert.Equal([0], tokenizer.EncodeToIds("😀😀😀😀"));
    }

    [Fact]
    public void EncodeToIds_NoPrefix_ContinuesWithAnyPiece()
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("model.continuing_subword_prefix", "\"\"").Load();

        Assert.Equal([5, 6, 10, 11], tokenizer.EncodeToIds("helloworldab"));
    }

    [Fact]
    public void LongestStart_RandomPieces_EqualsNaiveSearch()
    {
        Random random = new(1);
        Dictionary<string, int> pieces = [];
        while (pieces.Count < 500)
        {
            pieces.TryAdd(Word(1, random.Next(1, 300) == 1 ? 400 : 8), pieces.Count);
        }

        LongestPieceTable table = new(pieces);
        for (int i = 0; i < 5000; i++)
        {
            string word = i % 10 == 0 ? pieces.Keys.ElementAt(random.Next(pieces.Count)) + Word(0, 3) : Word(0, 12);
            int expected = Enumerable.Range(0, word.Length + 1).Last(length => length == 0 || pieces.ContainsKey(word[..length]));

            Assert.Equal(expected, table.LongestStart(word, out int id));
            Assert.Equal(expected == 0 ? -1 : pieces[word[..expected]], id);
        }

        string Word(int least, int most) =>
            string.Concat(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => (char)('a' + random.Next(3))));
    }
}
