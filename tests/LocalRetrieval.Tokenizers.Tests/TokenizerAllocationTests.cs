namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>What a call allocates on a thread whose buffers have grown.</summary>
public sealed class TokenizerAllocationTests
{
    private const int WarmUps = 8;

    private static readonly string[] AsciiTexts =
    [
        "The quick brown fox jumps over the lazy dog, and retrieval-augmented generation cites its sources (3.14 times).",
        "Hyperparathyroidism\twas found\r\nin 42 of 100 patients; p < 0.05.",
        "[CLS] <s> </s> [MASK] <unk> <|begin_of_text|>",
        "",
    ];

    private static readonly string[] MixedTexts =
    [
        "Das Straßenfest im Süden — naïve Gäste, café crème, İstanbul und 東京の夜。 Привет, мир! हिन्दी ไทย 가각",
        "e\u0301 a\u0323\u0301 ﬁ Ⅷ ½ ㎏ 👨‍👩‍👧 🇩🇪 \u200B\u00A0\u3000 don't",
    ];

    [Theory]
    [InlineData("synth-cased")]
    [InlineData("bert-base-uncased")]
    [InlineData("synth-mpnet")]
    [InlineData("synth-mpnet-bpe")]
    [InlineData("synth-llama3")]
    [InlineData("synth-modernbert")]
    [InlineData("roberta-base")]
    [InlineData("phi-2")]
    [InlineData("phi-3")]
    [InlineData("synth-xlmr")]
    [InlineData("t5-small")]
    [InlineData("synth-wordlevel")]
    public void EncodeToIds_AsciiText_AllocatesNothing(string name) => AssertAllocatesNothing(TestData.Load(name), AsciiTexts);

    /// <summary>Those whose normalizers keep what they work with.</summary>
    [Theory]
    [InlineData("synth-cased")]
    [InlineData("bert-base-uncased")]
    [InlineData("synth-mpnet")]
    [InlineData("synth-mpnet-bpe")]
    [InlineData("synth-llama3")]
    [InlineData("roberta-base")]
    [InlineData("phi-2")]
    [InlineData("phi-3")]
    public void EncodeToIds_MixedText_AllocatesNothing(string name) => AssertAllocatesNothing(TestData.Load(name), MixedTexts);

    [Fact]
    public void EncodeToIds_LoneSurrogateReplaced_AllocatesNothing() => AssertAllocatesNothing(
        new TinyTokenizer().Load(new TokenizerOptions { LoneSurrogates = LoneSurrogateHandling.Replace }), ["hello \uD800 world"]);

    [Fact]
    public void Limits_LongText_AllocateNothing()
    {
        Tokenizer tokenizer = TestData.Tokenizer;
        string text = string.Join(' ', Enumerable.Repeat(AsciiTexts[0], 30));

        Assert.Equal(0, Allocated(() => tokenizer.CountTokens(text)));
        Assert.Equal(0, Allocated(() => tokenizer.IndexOfTokenLimit(text, 64, out _)));
        Assert.Equal(0, Allocated(() => tokenizer.IndexOfTokenLimitFromEnd(text, 64, out _)));
    }

    private static void AssertAllocatesNothing(Tokenizer tokenizer, string[] texts)
    {
        int[] destination = new int[1024];
        foreach (string text in texts)
        {
            Assert.True(Allocated(() => tokenizer.EncodeToIds(text, destination)) == 0, $"The content of '{text}' allocates.");
            Assert.True(Allocated(() => tokenizer.EncodeToIds(text, destination, addSpecialTokens: true)) == 0, $"'{text}' allocates.");
        }
    }

    /// <summary>What a call allocates once caches and the buffers, which change places, have grown.</summary>
    private static long Allocated(Func<int> call)
    {
        for (int i = 0; i < WarmUps; i++)
        {
            call();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
