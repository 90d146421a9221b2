using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalRetrieval.Tokenizers.Tests.Goldens;

/// <summary>What the reference makes of random truncation and padding settings, in batches.</summary>
public sealed class TruncationAndPaddingGoldenTests
{
    private const int Cases = 600;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public void EncodeBatch_EverySetting_EqualsReference()
    {
        Dictionary<string, Tokenizer> tokenizers = [];
        Golden[] goldens = [.. Read()];
        foreach (Golden golden in goldens)
        {
            if (!tokenizers.TryGetValue(golden.Tokenizer, out Tokenizer? tokenizer))
            {
                tokenizers[golden.Tokenizer] = tokenizer = TestData.Load(golden.Tokenizer);
            }

            EncodeOptions options = Options(golden);
            options.Truncation = ReadTruncation(golden.Truncation);
            options.Padding = ReadPadding(golden.Padding);
            Check(golden, tokenizer, options);
        }

        Assert.Equal(Cases, goldens.Length);
    }

    [Fact]
    public void EncodeBatch_SettingsOfTheFile_EqualsReference()
    {
        Golden[] goldens = [.. Read().Where((_, index) => index % 10 == 0)];
        Assert.Equal((Cases + 9) / 10, goldens.Length);
        foreach (Golden golden in goldens)
        {
            JsonObject json = JsonNode.Parse(TestData.Read(golden.Tokenizer))!.AsObject();
            json["truncation"] = JsonNode.Parse(golden.Truncation.GetRawText());
            json["padding"] = JsonNode.Parse(golden.Padding.GetRawText());
            using MemoryStream stream = new(Encoding.UTF8.GetBytes(json.ToJsonString()));
            Check(golden, Tokenizer.Load(stream), Options(golden));
        }
    }

    private static EncodeOptions Options(Golden golden) =>
        new() { AddSpecialTokens = golden.AddSpecialTokens, OffsetUnit = OffsetUnit.CodePoints };

    private static void Check(Golden golden, Tokenizer tokenizer, EncodeOptions options)
    {
        if (golden.Encodings is null)
        {
            Assert.Throws<ArgumentException>(() => Encode(golden, tokenizer, options));
            return;
        }

        IReadOnlyList<TokenEncoding> actual = Encode(golden, tokenizer, options);
        Assert.Equal(golden.Encodings.Length, actual.Count);
        for (int i = 0; i < actual.Count; i++)
        {
            Window expected = golden.Encodings[i];
            AssertSame(expected, actual[i]);
            if (expected.Overflow is { } overflow)
            {
                Assert.Equal(overflow.Length, actual[i].Overflow.Count);
                Assert.All(overflow.Zip(actual[i].Overflow), window => AssertSame(window.First, window.Second));
            }
        }
    }

    private static IReadOnlyList<TokenEncoding> Encode(Golden golden, Tokenizer tokenizer, EncodeOptions options) =>
        golden.Inputs[0].Length == 2
            ? tokenizer.EncodeBatch([.. golden.Inputs.Select(input => new TextPair(input[0], input[1]))], options)
            : tokenizer.EncodeBatch([.. golden.Inputs.Select(input => input[0])], options);

    private static void AssertSame(Window expected, TokenEncoding actual)
    {
        Assert.Equal(expected.Ids, actual.Ids);
        Assert.Equal(expected.TypeIds, actual.TypeIds);
        Assert.Equal(expected.Special, actual.SpecialTokensMask);
        Assert.Equal(expected.Attention, actual.AttentionMask);
        Assert.Equal(expected.Sequences ?? actual.SequenceIds, actual.SequenceIds);
        Assert.Equal(expected.Offsets?.Select(offset => new TokenOffset(offset[0], offset[1])) ?? actual.Offsets, actual.Offsets);
    }

    private static TruncationOptions ReadTruncation(JsonElement json) => json.ValueKind == JsonValueKind.Null ? TruncationOptions.None : new()
    {
        MaxLength = json.GetProperty("max_length").GetInt32(),
        Stride = json.GetProperty("stride").GetInt32(),
        Strategy = Enum.Parse<TruncationStrategy>(json.GetProperty("strategy").GetString()!),
        Direction = Enum.Parse<TruncationDirection>(json.GetProperty("direction").GetString()!),
    };

    private static PaddingOptions ReadPadding(JsonElement json) => json.ValueKind == JsonValueKind.Null ? PaddingOptions.None : new()
    {
        Length = json.GetProperty("strategy") is { ValueKind: JsonValueKind.Object } strategy ? strategy.GetProperty("Fixed").GetInt32() : null,
        MultipleOf = json.GetProperty("pad_to_multiple_of") is { ValueKind: JsonValueKind.Number } multiple ? multiple.GetInt32() : 0,
        Direction = Enum.Parse<PaddingDirection>(json.GetProperty("direction").GetString()!),
        Id = json.GetProperty("pad_id").GetInt32(),
        TypeId = json.GetProperty("pad_type_id").GetInt32(),
        Token = json.GetProperty("pad_token").GetString()!,
    };

    private static IEnumerable<Golden> Read()
    {
        using StreamReader lines = new(TestData.OpenGZipped(TestData.Path("truncation-and-padding", "goldens.jsonl.gz")));
        lines.ReadLine();
        while (lines.ReadLine() is { } line)
        {
            yield return JsonSerializer.Deserialize<Golden>(line, Json)!;
        }
    }

    private sealed record Golden(
        string Tokenizer, JsonElement Truncation, JsonElement Padding, bool AddSpecialTokens, string[][] Inputs, Window[]? Encodings);

    private sealed record Window(
        int[] Ids, int[] TypeIds, int[] Special, int[] Attention, int?[]? Sequences, int[][]? Offsets, Window[]? Overflow);
}
