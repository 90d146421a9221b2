using System.Text;
using System.Text.Json.Nodes;

namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>What must hold for every text, tried on random ones.</summary>
public sealed class TokenizerPropertyTests
{
    private static readonly EncodeOptions ContentOnly = new() { AddSpecialTokens = false };

    /// <summary>Those whose tokens of white space alone have empty offsets.</summary>
    private static readonly string[] TrimsOffsets = ["byte-level, spaces added"];

    public static TheoryData<string> Tokenizers => [.. Variants.Keys];

    private static Dictionary<string, Tokenizer> Variants { get; } = new()
    {
        ["cased"] = TestData.Tokenizer,
        ["lowercased"] = Variant(cleanText: true, stripAccents: "null", lowercase: true),
        ["accents kept"] = Variant(cleanText: true, stripAccents: "false", lowercase: true),
        ["not cleaned"] = Variant(cleanText: false, stripAccents: "true", lowercase: false),
        ["byte-level, spaces added"] = TestData.Load("synth-mpnet-bpe"),
        ["byte-level, split"] = TestData.Load("synth-llama3"),
        ["byte-level, composed"] = TestData.Load("synth-modernbert"),
        ["WordLevel"] = TestData.Load("synth-wordlevel"),
        ["Unigram"] = TestData.Load("synth-xlmr"),
        ["Unigram of words"] = TestData.Load("t5-small"),
    };

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void EncodeToIds_AnyText_EqualsEncode(string variant)
    {
        Tokenizer tokenizer = Variants[variant];
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
            foreach (TokenOffset offset in Variants[variant].Encode(text, options: ContentOnly).Offsets)
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
    public void IndexOfTokenLimit_AnyText_IsTheLongestStartOfSoManyTokens(string variant)
    {
        Tokenizer tokenizer = Variants[variant];
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

    [Fact]
    public void Encode_ManyThreads_EqualsSerial()
    {
        string[] texts = [.. NastyTexts.Generate(seed: 5, count: 1000)];
        int[][] serial = [.. texts.Select(text => TestData.Tokenizer.EncodeToIds(text))];

        Parallel.For(0, texts.Length, i =>
        {
            Assert.Equal(serial[i], TestData.Tokenizer.EncodeToIds(texts[i]));
            Assert.Equal(serial[i], TestData.Tokenizer.Encode(texts[i], options: ContentOnly).Ids);
        });
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

    private static Tokenizer Variant(bool cleanText, string stripAccents, bool lowercase)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "tokenizer.json")))!;
        json["normalizer"]!["clean_text"] = cleanText;
        json["normalizer"]!["strip_accents"] = JsonNode.Parse(stripAccents);
        json["normalizer"]!["lowercase"] = lowercase;
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json.ToJsonString()));
        return Tokenizer.Load(stream);
    }
}
