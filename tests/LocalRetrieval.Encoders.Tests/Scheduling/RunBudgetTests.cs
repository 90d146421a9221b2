namespace LocalRetrieval.Encoders.Tests.Scheduling;

public sealed class RunBudgetTests
{
    // 100 bytes a token, and 10 for each two tokens.
    private static readonly EncoderRunMemory Memory = new() { FeedForwardBytes = 100, AttentionBytes = 0, AttentionPairBytes = 10 };

    [Theory]
    [InlineData(1, 5, 500)]
    [InlineData(3, 10, 3_000)]
    [InlineData(3, 20, 12_000)]
    [InlineData(1_000_000, 8_192, 671_088_640_000_000)]
    public void Predict_AnyShape_IsWhatFeedForwardOrAttentionTakes(int texts, int tokens, long expected) => Assert.Equal(expected, Memory.Predict(texts, tokens));

    [Theory]
    [InlineData(4_000)]
    [InlineData(1_000)]
    [InlineData(100)]
    public async Task RunAsync_ManyRows_RunsKeepToTheBudget(long budget)
    {
        EchoBackend backend = new() { Info = new("echo", "an echo", OutputKind.SentenceEmbedding, 1) { RunMemory = Memory } };
        TestEncoder encoder = new(new RunScheduler(1, TimeProvider.System), backend, maxRunBytes: budget);
        List<int> sizes = [];
        backend.OnRun = run => sizes.Add(run.Rows.Length);

        float[] results = await encoder.RunAsync([.. Enumerable.Range(0, 21)], tokens: 4);

        Assert.Equal(Enumerable.Range(0, 21).Select(number => (float)number), results);
        Assert.Equal(21, sizes.Sum());
        Assert.All(sizes, size => Assert.True(size == 1 || Memory.Predict(size, 4) <= budget));
        Assert.Equal(Math.Clamp(budget / 400, 1, 10), sizes.Max());
    }

    [Theory]
    [InlineData(99, "raise MaxRunBytes.")]
    [InlineData(399, "Cut it into passages")]
    public void Check_TextThatTakesMore_SaysWhatWouldHelp(long budget, string advice)
    {
        TextWindows texts = TextWindows.Of([[new TokenizedText([1, 2, 3, 4], [0, 0, 0, 0], 0)]]);

        string message = Assert.Throws<ArgumentException>(() => RunBudget.Check(texts, Memory, budget, "model", index => index + 7, "values")).Message;

        Assert.Contains("The text at index 7 has 4 tokens", message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
        Assert.Equal(budget > 100, message.Contains("Cut it", StringComparison.Ordinal));
    }

    [Fact]
    public void IsInReach_NoBudget_IsWhatTheLongestTextOrTheLargestRunTakes()
    {
        EncoderRunMemory assumed = RunBudget.Assumed(tokenOutputBytes: 0);
        int longest = (int)Math.Sqrt(RunBudget.Of(new TestOptions.Encoder()) / assumed.AttentionPairBytes);

        Assert.False(RunBudget.IsInReach(new TestOptions.Encoder { BatchTokenBudget = 1 }, assumed, longest / 2));
        Assert.True(RunBudget.IsInReach(new TestOptions.Encoder { BatchTokenBudget = 1 }, assumed, longest + 1));
        Assert.True(RunBudget.IsInReach(new TestOptions.Encoder { BatchTokenBudget = int.MaxValue }, assumed, 1));
        Assert.True(RunBudget.IsInReach(new TestOptions.Encoder { MaxRunBytes = long.MaxValue }, assumed, 1));
    }
}
