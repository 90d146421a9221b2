namespace LocalRetrieval.Tokenizers.Tests;

public sealed class TokenizerVocabularyTests
{
    [Fact]
    public void GetVocabulary_AddedTokens_HasThemWhereAsked()
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("<new>").Load();
        Dictionary<string, int> all = tokenizer.GetVocabulary();
        Dictionary<string, int> model = tokenizer.GetVocabulary(includeAddedTokens: false);

        Assert.Equal(tokenizer.VocabularySize, all.Count);
        Assert.Equal(23, all["<new>"]);
        Assert.Equal(23, model.Count);
        Assert.Equal(4, model["[MASK]"]);
        Assert.DoesNotContain("<new>", model.Keys);
    }

    [Theory]
    [InlineData("synth-cased")]
    [InlineData("synth-mpnet-bpe")]
    [InlineData("synth-xlmr")]
    [InlineData("synth-wordlevel")]
    public void GetVocabulary_EveryToken_ReadsBothWays(string name)
    {
        Tokenizer tokenizer = TestData.Load(name);
        Dictionary<string, int> vocabulary = tokenizer.GetVocabulary();

        Assert.Equal(tokenizer.VocabularySize, vocabulary.Count);
        Assert.Equal(tokenizer.MaxTokenId, vocabulary.Values.Max());
        Assert.All(vocabulary, entry => Assert.Equal(entry.Value, tokenizer.TokenToId(entry.Key)));
        Assert.All(vocabulary, entry => Assert.Equal(entry.Key, tokenizer.IdToToken(entry.Value)));
    }

    [Fact]
    public void GetVocabulary_Changed_LeavesTheTokenizerAlone()
    {
        Tokenizer tokenizer = new TinyTokenizer().Load();
        tokenizer.GetVocabulary().Clear();

        Assert.Equal(5, tokenizer.GetVocabulary()["hello"]);
        Assert.Equal(5, tokenizer.TokenToId("hello"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(23)]
    [InlineData(int.MaxValue)]
    public void Decode_IdWithoutToken_IsLeftOut(int id)
    {
        Tokenizer tokenizer = new TinyTokenizer().Load();

        Assert.Null(tokenizer.IdToToken(id));
        Assert.Equal("hello world", tokenizer.Decode([5, id, 6]));
        Assert.Equal("hello world", tokenizer.Decode((ReadOnlySpan<int>)[5, id, 6], skipSpecialTokens: false));
    }

    [Theory]
    [InlineData("""{"type": "Unigram", "vocab": [["a", 0], ["b", -1]], "unk_id": 1}""", 1)]
    [InlineData("""{"type": "Unigram", "vocab": [["a", 0]], "unk_id": null}""", null)]
    [InlineData("""{"type": "WordLevel", "vocab": {"a": 0, "u": 5}, "unk_token": "u"}""", 5)]
    [InlineData("""{"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "absent"}""", null)]
    [InlineData("""{"type": "WordPiece", "vocab": {"[UNK]": 3}, "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}""", 3)]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0, "<unk>": 2}, "merges": [], "unk_token": "<unk>"}""", 2)]
    [InlineData("""{"type": "BPE", "vocab": {"a": 0}, "merges": [], "unk_token": null}""", null)]
    public void UnknownTokenId_AnyModel_IsWhatItSays(string model, int? expected)
    {
        TinyTokenizer file = new TinyTokenizer().Set("model", model).Set("post_processor", "null").Set("added_tokens", "[]");

        Assert.Equal(expected, file.Load().UnknownTokenId);
    }
}
