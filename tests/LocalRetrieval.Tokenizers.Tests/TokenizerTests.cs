namespace LocalRetrieval.Tokenizers.Tests;

public sealed class TokenizerTests
{
    [Fact]
    public void Load_MissingFile_ThrowsFileNotFound()
    {
        string missing = Path.Combine(TestData.Folder, "missing.json");

        Assert.Equal(missing, Assert.Throws<FileNotFoundException>(() => Tokenizer.Load(missing)).FileName);
        Assert.Throws<FileNotFoundException>(() => Tokenizer.Load(Path.GetTempPath()));
    }

    [Fact]
    public async Task LoadAsync_FileFolderOrStream_GivesTheSameTokenizer()
    {
        string file = Path.Combine(TestData.Folder, "tokenizer.json");
        await using FileStream stream = File.OpenRead(file);
        Tokenizer[] tokenizers =
        [
            Tokenizer.Load(file),
            await Tokenizer.LoadAsync(file),
            await Tokenizer.LoadAsync(TestData.Folder),
            await Tokenizer.LoadAsync(stream),
        ];

        Assert.All(tokenizers, tokenizer => Assert.Equal(3000, tokenizer.VocabularySize));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task LoadAsync_Cancelled_Throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Tokenizer.LoadAsync(TestData.Folder, cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public void VocabularySize_AddedTokens_CountsThoseTheModelLacks()
    {
        Tokenizer tokenizer = new TinyTokenizer().AddToken("<new>").Load();

        Assert.Equal(24, tokenizer.VocabularySize);
        Assert.Equal(23, tokenizer.MaxTokenId);
        Assert.Equal(23, tokenizer.TokenToId("<new>"));
        Assert.Equal("<new>", tokenizer.IdToToken(23));
        Assert.Equal(["[MASK]", "<new>"], tokenizer.AddedTokens.Select(token => token.Content));
        Assert.Equal([4, 23], tokenizer.AddedTokens.Select(token => token.Id));
    }

    [Fact]
    public void MaxTokenId_VocabularyWithGaps_IsTheLargestId()
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("added_tokens", "[]").Set("model.vocab", """{ "[UNK]": 0, "a": 70 }""").Load();

        Assert.Equal(2, tokenizer.VocabularySize);
        Assert.Equal(70, tokenizer.MaxTokenId);
        Assert.Null(tokenizer.IdToToken(1));
        Assert.Null(tokenizer.TokenToId("b"));
    }

    [Fact]
    public void Encode_Pair_TellsTextsApart()
    {
        TokenEncoding encoding = new TinyTokenizer().Load().Encode("hello", "world");

        Assert.Equal([2, 5, 3, 6, 3], encoding.Ids);
        Assert.Equal([null, 0, null, 1, null], encoding.SequenceIds);
        Assert.Equal(["[CLS]", "hello", "[SEP]", "world", "[SEP]"], encoding.Tokens);
        Assert.Equal(new TokenOffset(0, 5), encoding.Offsets[3]);
    }

    [Fact]
    public void IndexOfLoneSurrogate_Text_IsTheFirst()
    {
        // Not a theory: attributes are stored as UTF-8, which has no lone surrogates.
        Assert.Equal(2, Tokenizer.IndexOfLoneSurrogate("ab\uD800"));
        Assert.Equal(0, Tokenizer.IndexOfLoneSurrogate("\uDC00"));
        Assert.Equal(2, Tokenizer.IndexOfLoneSurrogate("😀\uDE00"));
        Assert.Equal(0, Tokenizer.IndexOfLoneSurrogate("\uD83D\uD83D\uDE00"));
        Assert.Equal(-1, Tokenizer.IndexOfLoneSurrogate("a😀b"));
        Assert.Equal(-1, Tokenizer.IndexOfLoneSurrogate(""));
    }

    [Fact]
    public void EveryOverload_LoneSurrogate_ThrowsWithItsPlace()
    {
        Tokenizer tokenizer = new TinyTokenizer().Load();
        const string Text = "hello \uD83D world";
        Action[] calls =
        [
            () => tokenizer.Encode(Text),
            () => tokenizer.Encode("hello", Text),
            () => tokenizer.EncodeToIds(Text),
            () => tokenizer.CountTokens(Text),
            () => tokenizer.IndexOfTokenLimit(Text, 1, out _),
        ];

        foreach (Action call in calls)
        {
            Assert.Contains("U+D83D, at char 6.", Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EveryOverload_LoneSurrogateReplaced_ReadsReplacementCharacter()
    {
        Tokenizer tokenizer = new TinyTokenizer().Set("normalizer", null)
            .Load(new TokenizerOptions { LoneSurrogates = LoneSurrogateHandling.Replace });
        const string Text = "hello \uD83D\uDE00\uD83D world\uDE00";
        const string Replaced = "hello \uD83D\uDE00\uFFFD world\uFFFD";

        Assert.Equal(tokenizer.EncodeToIds(Replaced), tokenizer.EncodeToIds(Text));
        Assert.Equal(tokenizer.Encode(Replaced).Offsets, tokenizer.Encode(Text).Offsets);
        Assert.Equal(3, tokenizer.CountTokens(Text));
        Assert.Equal(10, tokenizer.IndexOfTokenLimit(Text, 2, out _));
    }

    [Fact]
    public void EncodeToIds_ManyLoneSurrogatesReplaced_EqualsOneRuneAfterTheOther()
    {
        Tokenizer tokenizer = new TinyTokenizer()
            .Set("normalizer", null)
            .Set("pre_tokenizer", null)
            .Set("model.max_input_chars_per_word", "100000")
            .Set("model.vocab", """{ "[UNK]": 0, "\ufffd": 1, "\ud83d\ude00": 2, "a": 3 }""")
            .Set("model.continuing_subword_prefix", "\"\"")
            .Load(new TokenizerOptions { LoneSurrogates = LoneSurrogateHandling.Replace });
        Random random = new(9);
        for (int length = 0; length < 20000; length = (length * 2) + 1)
        {
            string text = new(random.GetItems<char>(['\uD83D', '\uDE00', '\uDE00', 'a'], length));
            IEnumerable<int> expected = text.EnumerateRunes().Select(rune => rune.Value switch { 'a' => 3, 0xFFFD => 1, _ => 2 });

            Assert.Equal(expected, tokenizer.EncodeToIds(text));
        }
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenizerOptions { LoneSurrogates = (LoneSurrogateHandling)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncationOptions { MaxLength = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncationOptions { Stride = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncationOptions { Strategy = (TruncationStrategy)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncationOptions { Direction = (TruncationDirection)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TinyTokenizer().Load().IndexOfTokenLimit("a", -1, out _));
    }
}
