using System.Text;
using System.Text.Json.Nodes;

namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>Starts and ends of texts that have no more than so many tokens.</summary>
public sealed class TokenLimitTests
{
    private static readonly EncodeOptions ContentOnly = new() { AddSpecialTokens = false };

    public static TheoryData<string> Tokenizers => TokenizerVariants.Names;

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void IndexOfTokenLimit_AnyText_IsTheLongestStartOfSoManyTokens(string variant)
    {
        Tokenizer tokenizer = TokenizerVariants.All[variant];
        Random random = new(3);
        int wanted = 0;
        int kept = 0;
        foreach (string text in NastyTexts.Generate(seed: 3, count: 1000))
        {
            TokenEncoding whole = tokenizer.Encode(text, options: ContentOnly);
            int[] ids = [.. whole.Ids];
            int limit = random.Next(ids.Length + 2);
            int index = tokenizer.IndexOfTokenLimit(text, limit, out int count);

            Assert.InRange(count, 0, limit);
            Assert.Equal(ids[..count], tokenizer.EncodeToIds(text.AsSpan(0, index)));
            Assert.Equal(ids.Length <= limit, index == text.Length);
            for (int more = count + 1; more <= limit && more < ids.Length; more++)
            {
                Assert.NotEqual(ids[..more], tokenizer.EncodeToIds(text.AsSpan(0, whole.Offsets[more].Start)));
            }

            wanted += Math.Min(limit, ids.Length);
            kept += count;
        }

        // Only a start that reads differently from the whole text is cut shorter than the limit.
        Assert.InRange(kept, wanted * 95 / 100, wanted);
    }

    [Fact]
    public void IndexOfTokenLimit_LongText_EqualsThatOfTheWholeText()
    {
        Tokenizer tokenizer = TestData.Tokenizer;
        string text = string.Join(' ', NastyTexts.Generate(seed: 4, count: 200));
        IReadOnlyList<TokenOffset> offsets = tokenizer.Encode(text, options: ContentOnly).Offsets;
        for (int limit = 0; limit < offsets.Count; limit += 37)
        {
            int index = tokenizer.IndexOfTokenLimit(text, limit, out int count);

            Assert.Equal(count, tokenizer.CountTokens(text.AsSpan(0, index)));
            Assert.InRange(count, limit - 4, limit);
            Assert.Equal(offsets[count].Start, index);
        }
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void IndexOfTokenLimitFromEnd_AnyText_EqualsNaive(string variant)
    {
        Tokenizer tokenizer = TokenizerVariants.All[variant];
        Tokenizer untrimmed = Untrimmed(variant);
        Random random = new(8);
        int wanted = 0;
        int kept = 0;
        foreach (string text in NastyTexts.Generate(seed: 8, count: 1000))
        {
            int all = tokenizer.CountTokens(text);
            int limit = random.Next(all + 2);
            int index = tokenizer.IndexOfTokenLimitFromEnd(text, limit, out int count);

            Assert.Equal(NaiveFromEnd(untrimmed, text, limit), index);
            Assert.InRange(count, 0, limit);
            Assert.Equal(count, tokenizer.CountTokens(text.AsSpan(index)));
            Assert.Equal(-1, Tokenizer.IndexOfLoneSurrogate(text.AsSpan(index)));
            Assert.True(all > limit || index == 0);
            wanted += Math.Min(limit, all);
            kept += count;
        }

        // Only an end that has more tokens on its own than in the text is cut shorter than the limit.
        Assert.InRange(kept, wanted * 90 / 100, wanted);
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void IndexOfTokenLimitFromEnd_LongText_EqualsNaive(string variant)
    {
        Tokenizer tokenizer = TokenizerVariants.All[variant];
        Tokenizer untrimmed = Untrimmed(variant);
        string text = string.Join(' ', NastyTexts.Generate(seed: 9, count: 300));
        int all = tokenizer.CountTokens(text);
        for (int limit = 0; limit < all + 300; limit += 301)
        {
            int index = tokenizer.IndexOfTokenLimitFromEnd(text, limit, out int count);

            Assert.Equal(NaiveFromEnd(untrimmed, text, limit), index);
            Assert.Equal(count, tokenizer.CountTokens(text.AsSpan(index)));
        }
    }

    [Theory]
    [InlineData("hello world , a", 1, 13, 1)]
    [InlineData("hello world , a", 3, 5, 3)]
    [InlineData("hello world , a", 4, 0, 4)]
    [InlineData("hello world  ", 0, 11, 0)]
    [InlineData("  ", 0, 0, 0)]
    [InlineData("unwanted", 3, 0, 3)]
    [InlineData("中中中", 2, 1, 2)]
    public void IndexOfTokenLimitFromEnd_SmallText_IsTheLongestEnd(string text, int limit, int expected, int count)
    {
        Assert.Equal(expected, new TinyTokenizer().Load().IndexOfTokenLimitFromEnd(text, limit, out int found));
        Assert.Equal(count, found);
    }

    [Fact]
    public void IndexOfTokenLimitFromEnd_WhiteSpaceThatIsTokens_IsKept()
    {
        string text = new('\n', 1000);

        Assert.Equal(901, TokenizerVariants.All["byte-level, spaces added"].IndexOfTokenLimitFromEnd(text, 100, out int count));
        Assert.Equal(100, count);
    }

    /// <summary>A text of a megabyte is not tokenized as a whole, whichever end is asked for.</summary>
    [Fact]
    public void IndexOfTokenLimit_Megabyte_ReadsOnlyItsEnd()
    {
        CountingTokenizer counting = new("synth-cased");
        string text = string.Join(' ', Enumerable.Repeat("hello world", 100_000));

        Assert.Equal(text.Length, counting.Read(tokenizer => tokenizer.CountTokens(text)));
        Assert.InRange(counting.Read(tokenizer => tokenizer.IndexOfTokenLimit(text, 100, out _)), 1, 5000);
        Assert.InRange(counting.Read(tokenizer => tokenizer.IndexOfTokenLimitFromEnd(text, 100, out _)), 1, 5000);
    }

    /// <summary>Marks that normalization puts in order: no start or end of them reads as it does in the whole text.</summary>
    [Fact]
    public void IndexOfTokenLimit_TextThatNowhereCanBeCut_GivesUpSoon()
    {
        CountingTokenizer counting = new("synth-modernbert");
        Tokenizer tokenizer = counting.Tokenizer;
        string text = string.Concat(Enumerable.Repeat("\u0301\u0323", 8000));
        int limit = tokenizer.CountTokens(text) / 2;
        int startCount = 0;
        int endCount = 0;
        int start = 0;
        int end = 0;

        Assert.InRange(counting.Read(tokenizer => start = tokenizer.IndexOfTokenLimit(text, limit, out startCount)), 1, 50L * text.Length);
        Assert.InRange(counting.Read(tokenizer => end = tokenizer.IndexOfTokenLimitFromEnd(text, limit, out endCount)), 1, 50L * text.Length);
        Assert.Equal(startCount, tokenizer.CountTokens(text.AsSpan(0, start)));
        Assert.Equal(endCount, tokenizer.CountTokens(text.AsSpan(end)));
        Assert.InRange(startCount, 0, limit);
        Assert.InRange(endCount, 0, limit);
    }

    /// <summary>The first place where a token of the whole text ends from which at most so many tokens are left.</summary>
    /// <param name="tokenizer">A tokenizer that does not trim offsets.</param>
    /// <param name="text">The text.</param>
    /// <param name="limit">How many tokens may be left.</param>
    private static int NaiveFromEnd(Tokenizer tokenizer, string text, int limit)
    {
        IReadOnlyList<TokenOffset> offsets = tokenizer.Encode(text, options: ContentOnly).Offsets;
        if (offsets.Count <= limit)
        {
            return 0;
        }

        for (int first = offsets.Count - limit; first <= offsets.Count; first++)
        {
            int end = offsets[first - 1].End;
            if (first < offsets.Count && end > offsets[first].Start)
            {
                continue;
            }

            int afterSpace = text.Length - text[end..].TrimStart().Length;
            bool isWithinToken = first < offsets.Count && afterSpace < offsets[first].End;
            foreach (int place in isWithinToken ? [end, afterSpace] : new[] { end })
            {
                if (tokenizer.CountTokens(text.AsSpan(place)) <= limit)
                {
                    return place;
                }
            }
        }

        return text.Length;
    }

    private static Tokenizer Untrimmed(string variant)
    {
        if (variant != "byte-level, spaces added")
        {
            return TokenizerVariants.All[variant];
        }

        JsonObject json = JsonNode.Parse(TestData.Read("synth-mpnet-bpe"))!.AsObject();
        json["post_processor"] = null;
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json.ToJsonString()));
        return Tokenizer.Load(stream);
    }
}
