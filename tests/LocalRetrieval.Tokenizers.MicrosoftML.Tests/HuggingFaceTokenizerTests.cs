using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace LocalRetrieval.Tokenizers.MicrosoftML.Tests;

public sealed class HuggingFaceTokenizerTests
{
    private const string Text = "  Hello retrieval, naïve 中文 😀 world [MASK] hyperparathyroidism\n";

    private static readonly Tokenizer Ours = Tokenizer.Load(Path.Combine(AppContext.BaseDirectory, "Data", "synth-cased", "tokenizer.json"));

    private static readonly Microsoft.ML.Tokenizers.Tokenizer Theirs = new HuggingFaceTokenizer(Ours);

    [Fact]
    public void EncodeToIds_Text_IsItsContent()
    {
        Assert.Equal(Ours.EncodeToIds(Text), Theirs.EncodeToIds(Text));
        Assert.Equal(Ours.EncodeToIds(Text), Theirs.EncodeToIds(Text.AsSpan(), considerPreTokenization: false, considerNormalization: false));
        Assert.Empty(Theirs.EncodeToIds(""));
    }

    [Fact]
    public void EncodeToTokens_Text_HasOffsetsOfTheTextAsGiven()
    {
        TokenEncoding expected = Ours.Encode(Text, options: new EncodeOptions { AddSpecialTokens = false });
        IReadOnlyList<EncodedToken> tokens = Theirs.EncodeToTokens(Text, out string? normalized);

        Assert.Null(normalized);
        Assert.Equal(expected.Ids, tokens.Select(token => token.Id));
        Assert.Equal(expected.Tokens, tokens.Select(token => token.Value));
        Assert.Equal(expected.Offsets, tokens.Select(token => new TokenOffset(token.Offset.Start.Value, token.Offset.End.Value)));
        Assert.Equal(tokens, Theirs.EncodeToTokens(Text.AsSpan(), out _));
    }

    [Fact]
    public void EncodeToIds_MaxTokenCount_SaysWhatItConsumed()
    {
        for (int limit = 0; limit <= Theirs.CountTokens(Text) + 1; limit++)
        {
            IReadOnlyList<int> ids = Theirs.EncodeToIds(Text, limit, out string? normalized, out int consumed);

            Assert.Null(normalized);
            Assert.InRange(ids.Count, 0, limit);
            Assert.Equal(ids, Ours.EncodeToIds(Text.AsSpan(0, consumed)));
            Assert.Equal(ids, Theirs.EncodeToIds(Text.AsSpan(), limit, out _, out _));
        }
    }

    [Fact]
    public void CountTokens_Text_EqualsEncodeToIds()
    {
        Assert.Equal(Theirs.EncodeToIds(Text).Count, Theirs.CountTokens(Text));
        Assert.Equal(Theirs.EncodeToIds(Text).Count, Theirs.CountTokens(Text.AsSpan(), considerNormalization: false));
    }

    [Fact]
    public void GetIndexByTokenCount_BothWays_CutsTheTextAsGiven()
    {
        int all = Theirs.CountTokens(Text);
        for (int limit = 1; limit <= all + 1; limit++)
        {
            int end = Theirs.GetIndexByTokenCount(Text, limit, out string? normalized, out int count);
            Assert.Null(normalized);
            Assert.InRange(count, 0, limit);
            Assert.Equal(count, Theirs.CountTokens(Text.AsSpan(0, end)));
            Assert.Equal(count == 0, end == 0);
            Assert.Equal(limit >= all, end == Text.Length);

            int start = Theirs.GetIndexByTokenCountFromEnd(Text, limit, out normalized, out count);
            Assert.Null(normalized);
            Assert.InRange(count, 0, limit);
            Assert.Equal(count, Theirs.CountTokens(Text.AsSpan(start)));
            Assert.Equal(count == 0, start == Text.Length);
            Assert.Equal(limit >= all, start == 0);
        }
    }

    [Fact]
    public void GetIndexByTokenCount_NoTokenFits_IsTheFarEnd()
    {
        Assert.Equal(0, Theirs.GetIndexByTokenCount("  a", 0, out _, out int count));
        Assert.Equal(0, count);
        Assert.Equal(3, Theirs.GetIndexByTokenCountFromEnd("a  ", 0, out _, out count));
        Assert.Equal(0, count);
    }

    [Fact]
    public void Decode_Ids_EqualsOurs()
    {
        int[] ids = Ours.EncodeToIds(Text, addSpecialTokens: true);
        string expected = Ours.Decode(ids, skipSpecialTokens: false);
        char[] destination = new char[expected.Length];

        Assert.Equal(expected, Theirs.Decode(ids));
        Assert.Equal(OperationStatus.Done, Theirs.Decode(ids, destination, out int consumed, out int written));
        Assert.Equal((ids.Length, expected.Length), (consumed, written));
        Assert.Equal(expected, new string(destination));
        Assert.Equal(OperationStatus.DestinationTooSmall, Theirs.Decode(ids, destination.AsSpan(1), out consumed, out written));
        Assert.Equal((0, 0), (consumed, written));
    }

    [Fact]
    public void Arguments_Wrong_Throw()
    {
        Assert.Throws<ArgumentNullException>("tokenizer", () => new HuggingFaceTokenizer(null!));
        Assert.Throws<ArgumentNullException>("ids", () => Theirs.Decode(null!));
        Assert.Throws<ArgumentException>(() => Theirs.CountTokens("\uD800"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Theirs.GetIndexByTokenCount("a", -1, out _, out _));
    }
}
