using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Tokenizers.Tests.Goldens;

/// <summary>Random tokenizers, by their added tokens or their components, on random texts, as the reference has them.</summary>
public sealed class RandomTokenizerGoldenTests
{
    private static readonly EncodeOptions ContentOnly = new() { AddSpecialTokens = false };

    [Theory]
    [InlineData("added-tokens", 100 * 40)]
    [InlineData("components", 1000 + (199 * 20))]
    public void Encode_EveryGoldenCase_EqualsReference(string folder, int cases)
    {
        using StreamReader lines = new(TestData.OpenGZipped(TestData.Path(folder, "goldens.jsonl.gz")));
        Assert.Contains("0.23", lines.ReadLine(), StringComparison.Ordinal);
        int checkedCases = 0;
        while (lines.ReadLine() is { } line)
        {
            using JsonDocument golden = JsonDocument.Parse(line);
            JsonElement json = golden.RootElement.GetProperty("tokenizer");
            Tokenizer tokenizer = Load(json);
            foreach (JsonElement expected in golden.RootElement.GetProperty("cases").EnumerateArray())
            {
                string text = expected.GetProperty("text").GetString()!;
                string actual = Describe(tokenizer, text);
                Assert.True(Describe(expected, text) == actual, $"'{text}':\nexpected {Describe(expected, text)}\nactual   {actual}\n{json}");
                Assert.Equal(expected.GetProperty("ids").Deserialize<int[]>(), tokenizer.EncodeToIds(text));
                checkedCases++;
            }
        }

        Assert.Equal(cases, checkedCases);
    }

    /// <summary>Reads a tokenizer, or the one of that name.</summary>
    private static Tokenizer Load(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return TestData.Load(json.GetString()!);
        }

        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json.GetRawText()));
        return Tokenizer.Load(stream);
    }

    private static string Describe(JsonElement expected, string text)
    {
        IEnumerable<string> tokens = expected.GetProperty("ids").Deserialize<int[]>()!
            .Zip(expected.GetProperty("tokens").Deserialize<string[]>()!, expected.GetProperty("offsets").Deserialize<int[][]>()!)
            .Select(token => $"{token.First} '{token.Second}' {ToUtf16(text, token.Third[0])}-{ToUtf16(text, token.Third[1])}");
        return $"{string.Join(", ", tokens)}; '{expected.GetProperty("decoded")}'; '{expected.GetProperty("decoded_skip")}'";
    }

    private static string Describe(Tokenizer tokenizer, string text)
    {
        TokenEncoding encoding = tokenizer.Encode(text, options: ContentOnly);
        IEnumerable<string> tokens = encoding.Ids.Zip(encoding.Tokens, encoding.Offsets)
            .Select(token => $"{token.First} '{token.Second}' {token.Third.Start}-{token.Third.End}");
        return $"{string.Join(", ", tokens)}; '{tokenizer.Decode(encoding.Ids, skipSpecialTokens: false)}'; '{tokenizer.Decode(encoding.Ids)}'";
    }

    /// <summary>The UTF-16 offset of a code point.</summary>
    private static int ToUtf16(string text, int codePoints) => text.EnumerateRunes().Take(codePoints).Sum(rune => rune.Utf16SequenceLength);
}
