using LocalRetrieval.Static.Tokens;
using LocalRetrieval.Testing;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Static.Tests.Tokens;

public sealed class StaticTokenizerTests
{
    private static readonly string Folder = TestModels.Tiny("static-model2vec");
    private static readonly Tokenizer Tokenizer = Tokenizer.Load(Folder);
    private static readonly int Unknown = Tokenizer.TokenToId("[UNK]")!.Value;

    [Fact]
    public void Tokenize_UnknownTokens_AreLeftOutBeforeTheLimitCounts()
    {
        string unknown = string.Concat(Enumerable.Repeat("\u13a0 ", 5));
        Assert.All(Tokenizer.EncodeToIds(unknown), id => Assert.Equal(Unknown, id));
        StaticTokenizer tokenizer = new(Tokenizer, new StaticTokenLimits(MaxTokens: 2, MaxCharacters: null, Unknown), "", "folder");

        TokenizedText tokenized = tokenizer.Tokenize(unknown + "cats " + unknown + "the the the");

        Assert.Equal(2, tokenized.Ids.Length);
        Assert.DoesNotContain(Unknown, tokenized.Ids);
        Assert.Equal(Tokenizer.EncodeToIds("cats the the the").Length - 2, tokenized.DroppedTokens);
    }

    [Fact]
    public void Tokenize_SpecialTokens_AreNotAdded() =>
        Assert.Equal(Tokenizer.EncodeToIds("the cats"), new StaticTokenizer(Tokenizer, StaticTokenLimits.SentenceTransformers(null), "", "folder").Tokenize("the cats").Ids);

    // The reference: text[:max_length * median], tokens, unknown ones out, [:max_length].
    [Fact]
    public void Tokenize_RandomTexts_EqualsTheDefinition()
    {
        Random random = new(3);
        string[] words = ["the", "cats", "mean", "pooling", "\U0001F600", "\u13a0\u13a1", "reranking", ".", "caf\u00e9", "\t", "x"];
        for (int i = 0; i < 500; i++)
        {
            string text = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(40)).Select(_ => words[random.Next(words.Length)]));
            int maxTokens = random.Next(1, 20);
            long maxCharacters = random.Next(1, 120);
            StaticTokenizer tokenizer = new(Tokenizer, new StaticTokenLimits(maxTokens, maxCharacters, Unknown), "", "folder");
            string start = string.Concat(text.EnumerateRunes().Take((int)maxCharacters));
            int[] expected = [.. Tokenizer.EncodeToIds(start).Where(id => id != Unknown).Take(maxTokens)];
            int[] all = [.. Tokenizer.EncodeToIds(text).Where(id => id != Unknown)];

            TokenizedText tokenized = tokenizer.Tokenize(text);

            Assert.Equal(expected, tokenized.Ids);
            int read = all.Zip(expected).TakeWhile(pair => pair.First == pair.Second).Count();
            Assert.Equal(all.Length - read, tokenized.DroppedTokens);
        }
    }

    [Fact]
    public void Model2Vec_Limits_AreTheVocabularysMedianInCharacters()
    {
        int[] lengths = [.. Enumerable.Range(0, Tokenizer.VocabularySize).Select(id => Tokenizer.IdToToken(id)!.EnumerateRunes().Count()).Order()];
        long median = (lengths[1499] + lengths[1500]) / 2;

        Assert.Equal(new StaticTokenLimits(512, 512 * median, Unknown), StaticTokenLimits.Model2Vec(Tokenizer, null));
        Assert.Equal(new StaticTokenLimits(7, 7 * median, Unknown), StaticTokenLimits.Model2Vec(Tokenizer, 7));
    }
}
