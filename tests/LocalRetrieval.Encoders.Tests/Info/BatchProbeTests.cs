
namespace LocalRetrieval.Encoders.Tests.Info;

public sealed class BatchProbeTests
{
    [Theory]
    [InlineData(126, 126)]
    [InlineData(510, 510)]
    [InlineData(8190, 1024)]
    [InlineData(null, 1024)]
    [InlineData(4, 4)]
    public void Texts_AnyLimit_GoFromFiveTokensToIt(int? limit, int longest)
    {
        (string[] texts, int[] tokens) = BatchProbe.Texts(new WordCounter(limit));

        Assert.Equal(texts.Length, tokens.Length);
        Assert.Equal(Math.Min(5, longest), tokens[0]);
        Assert.Equal(longest, tokens[^1]);
        Assert.Equal(tokens, texts.Select(text => new WordCounter(limit).CountTokens(text)));
        Assert.Equal(tokens.Order().Distinct(), tokens);
    }

    [Fact]
    public async Task MeasureAsync_NumbersThatDependOnTheLongestOfABatch_AreMeasured()
    {
        List<int> sizes = [];

        BatchIndependence measured = await MeasureAsync(400, (texts, _) =>
        {
            sizes.Add(texts.Length);
            return Task.FromResult<float[][]>([.. texts.Select(text => new[] { text.Length, texts.Max(other => other.Length) > 400 ? 0.25f : 0f })]);
        }, CancellationToken.None);

        Assert.Equal((0.25f, false, false), (measured.LargestDifference, measured.IsBitForBit, measured.IsIndependent));
        Assert.Contains(sizes, size => size > 1);
    }

    [Fact]
    public async Task MeasureAsync_NegativeZeroForZero_IsIndependentButNotBitForBit()
    {
        BatchIndependence measured = await MeasureAsync(
            4096, (texts, _) => Task.FromResult<float[][]>([.. texts.Select(_ => new[] { texts.Length == 1 ? 0f : -0f })]), CancellationToken.None);

        Assert.Equal((0f, false, true), (measured.LargestDifference, measured.IsBitForBit, measured.IsIndependent));
    }

    [Fact]
    public async Task MeasureAsync_NotANumber_IsNotIndependent()
    {
        BatchIndependence measured = await MeasureAsync(
            4096, (texts, _) => Task.FromResult<float[][]>([.. texts.Select(_ => new[] { texts.Length == 1 ? 0f : float.NaN })]), CancellationToken.None);

        Assert.False(measured.IsIndependent);
    }

    [Fact]
    public async Task MeasureAsync_Cancelled_Ends()
    {
        using CancellationTokenSource source = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MeasureAsync(4096, (texts, _) =>
        {
            source.Cancel();
            return Task.FromResult<float[][]>([.. texts.Select(_ => new float[1])]);
        }, source.Token));
    }

    [Fact]
    public async Task MeasureAsync_TextsThatMayNotBeRunAlone_AreLeftOut()
    {
        List<int> largest = [];
        WordCounter counter = new(100);

        BatchIndependence measured = await BatchProbe.MeasureAsync(
            new ProbedEncoder(counter, text => counter.CountTokens(text) + 10, longest => longest > 60 ? 0 : 120 / longest * longest, (texts, _) =>
            {
                largest.Add(texts.Length * texts.Max(text => counter.CountTokens(text)));
                return Task.FromResult<float[][]>([.. texts.Select(_ => new float[1])]);
            }),
            CancellationToken.None);

        Assert.InRange(measured.LongestTokens, 20, 50);
        Assert.InRange(measured.Texts, 2, largest.Count);
        Assert.All(largest, tokens => Assert.InRange(tokens, 1, 120));
    }

    [Fact]
    public async Task MeasureAsync_NoTextMayBeRun_SaysSo()
    {
        NotSupportedException exception = await Assert.ThrowsAsync<NotSupportedException>(() => BatchProbe.MeasureAsync(
            new ProbedEncoder(new WordCounter(100), text => text.Split(' ').Length, _ => 0, (_, _) => throw new InvalidOperationException("It ran.")), CancellationToken.None));

        Assert.Contains("MaxRunBytes allows no run of even 5 tokens", exception.Message, StringComparison.Ordinal);
    }

    private static Task<BatchIndependence> MeasureAsync(int maxBatchTokens, Func<string[], CancellationToken, Task<float[][]>> run, CancellationToken cancellationToken)
    {
        WordCounter counter = new(100);
        return BatchProbe.MeasureAsync(new ProbedEncoder(counter, text => counter.CountTokens(text), _ => maxBatchTokens, run), cancellationToken);
    }

    /// <summary>A word is a token.</summary>
    private sealed class WordCounter(int? maxTokens) : ITokenCounter
    {
        public int? MaxTokens => maxTokens;

        public int CountTokens(ReadOnlySpan<char> text) => text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

        public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
        {
            string[] words = text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            tokenCount = Math.Min(maxTokens, words.Length);
            return string.Join(' ', words[..tokenCount]).Length;
        }
    }
}
