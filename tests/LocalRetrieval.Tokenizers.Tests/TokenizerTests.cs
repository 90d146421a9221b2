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
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenizerOptions { LoneSurrogates = (LoneSurrogateHandling)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EncodeOptions { OffsetUnit = (OffsetUnit)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PaddingOptions { Length = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PaddingOptions { MultipleOf = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("Length", () => new PaddingOptions { Length = int.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>("MultipleOf", () => new PaddingOptions { MultipleOf = PaddingOptions.MaxLength + 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PaddingOptions { Direction = (PaddingDirection)7 });
        Assert.Throws<ArgumentNullException>(() => new PaddingOptions { Token = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncationOptions { MaxLength = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncationOptions { Stride = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncationOptions { Strategy = (TruncationStrategy)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncationOptions { Direction = (TruncationDirection)7 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TinyTokenizer().Load().IndexOfTokenLimit("a", -1, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TinyTokenizer().Load().IndexOfTokenLimitFromEnd("a", -1, out _));
    }
}
