using System.Text;

namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>What must hold for every text, tried on random ones.</summary>
public sealed class TokenizerPropertyTests
{
    private static readonly EncodeOptions ContentOnly = new() { AddSpecialTokens = false };

    public static TheoryData<string> Tokenizers => TokenizerVariants.Names;

    /// <summary>Those whose tokens of white space alone have empty offsets.</summary>
    private static readonly string[] TrimsOffsets = ["byte-level, spaces added"];

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void EncodeToIds_AnyText_EqualsEncode(string variant)
    {
        Tokenizer tokenizer = TokenizerVariants.All[variant];
        foreach (string text in NastyTexts.Generate(seed: 1, count: 2000))
        {
            int[] ids = tokenizer.EncodeToIds(text);
            Assert.Equal(tokenizer.Encode(text, options: ContentOnly).Ids, ids);
            Assert.Equal(ids.Length, tokenizer.CountTokens(text));
        }
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Encode_AnyText_OffsetsAscendWithinTheText(string variant)
    {
        foreach (string text in NastyTexts.Generate(seed: 2, count: 2000))
        {
            TokenOffset previous = default;
            foreach (TokenOffset offset in TokenizerVariants.All[variant].Encode(text, options: ContentOnly).Offsets)
            {
                Assert.True(offset.Start <= offset.End && offset.End <= text.Length);
                Assert.True(offset.Start < offset.End || TrimsOffsets.Contains(variant));
                Assert.True(previous.Start <= offset.Start && previous.End <= offset.End);
                Assert.Equal(-1, Tokenizer.IndexOfLoneSurrogate(text.AsSpan(offset.Start, offset.End - offset.Start)));
                previous = offset;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Encode_ManyThreads_EqualsSerial(string variant)
    {
        Tokenizer tokenizer = TokenizerVariants.All[variant];
        string[] texts = [.. NastyTexts.Generate(seed: 5, count: 500)];
        int[][] serial = [.. texts.Select(text => tokenizer.EncodeToIds(text))];

        Parallel.For(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            Assert.Equal(serial[i], tokenizer.EncodeToIds(texts[i]));
            Assert.Equal(serial[i], tokenizer.Encode(texts[i], options: ContentOnly).Ids);
        });
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Encode_OffsetUnit_CountsTheSamePlaces(string variant)
    {
        Tokenizer tokenizer = TokenizerVariants.All[variant];
        string[] texts = [.. NastyTexts.Generate(seed: 7, count: 300)];
        foreach ((string text, string pair) in texts.Zip(texts.Reverse()))
        {
            TruncationOptions truncation = new() { MaxLength = 30 };
            TokenEncoding units = tokenizer.Encode(text, pair, new EncodeOptions { Truncation = truncation });
            TokenEncoding codePoints = tokenizer.Encode(text, pair, new EncodeOptions { Truncation = truncation, OffsetUnit = OffsetUnit.CodePoints });
            TokenEncoding bytes = tokenizer.Encode(text, pair, new EncodeOptions { Truncation = truncation, OffsetUnit = OffsetUnit.Utf8Bytes });

            AssertSame(units, codePoints, text, pair, start => start.EnumerateRunes().Count());
            AssertSame(units, bytes, text, pair, Encoding.UTF8.GetByteCount);
        }
    }

    [Fact]
    public void Encode_AnyTruncation_WindowsFit()
    {
        Random random = new(6);
        string[] texts = [.. NastyTexts.Generate(seed: 6, count: 600)];
        foreach (string text in texts)
        {
            string? pair = random.Next(2) == 0 ? null : texts[random.Next(texts.Length)];
            TruncationOptions truncation = new()
            {
                MaxLength = random.Next(8, 40), Stride = random.Next(2), Direction = (TruncationDirection)random.Next(2),
            };
            TokenEncoding encoding = TestData.Tokenizer.Encode(text, pair, new EncodeOptions { Truncation = truncation });
            TokenEncoding whole = TestData.Tokenizer.Encode(text, pair);

            Assert.All(encoding.Overflow.Prepend(encoding), window => Assert.InRange(window.Count, 0, truncation.MaxLength));
            Assert.Equal(Math.Min(whole.Count, truncation.MaxLength), encoding.Count);
            Assert.Equal(whole.Count > truncation.MaxLength, encoding.Overflow.Count > 0);
        }
    }

    private static void AssertSame(TokenEncoding units, TokenEncoding actual, string text, string pair, Func<string, int> length)
    {
        for (int i = 0; i < units.Count; i++)
        {
            string source = units.SequenceIds[i] == 1 ? pair : text;
            TokenOffset expected = new(length(source[..units.Offsets[i].Start]), length(source[..units.Offsets[i].End]));
            Assert.Equal(expected, actual.Offsets[i]);
        }

        for (int i = 0; i < units.Overflow.Count; i++)
        {
            AssertSame(units.Overflow[i], actual.Overflow[i], text, pair, length);
        }
    }
}
