using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Tokenizers.Tests.AddedTokens;

/// <summary>Random added tokens with random flags in random texts, as the reference finds them.</summary>
public sealed class AddedTokenGoldenTests
{
    private static readonly EncodeOptions ContentOnly = new() { AddSpecialTokens = false };

    [Fact]
    public void Encode_EveryGoldenCase_EqualsReference()
    {
        using StreamReader lines = new(TestData.OpenGZipped(TestData.Path("added-tokens", "goldens.jsonl.gz")));
        Assert.Contains("0.23", lines.ReadLine(), StringComparison.Ordinal);
        int checkedCases = 0;
        while (lines.ReadLine() is { } line)
        {
            using JsonDocument golden = JsonDocument.Parse(line);
            string json = golden.RootElement.GetProperty("tokenizer").GetRawText();
            using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
            Tokenizer tokenizer = Tokenizer.Load(stream);
            foreach (JsonElement expected in golden.RootElement.GetProperty("cases").EnumerateArray())
            {
                string text = expected.GetProperty("text").GetString()!;
                string actual = Describe(tokenizer, text);
                Assert.True(Describe(expected, text) == actual, $"'{text}':\nexpected {Describe(expected, text)}\nactual   {actual}\n{json}");
                Assert.Equal(expected.GetProperty("ids").Deserialize<int[]>(), tokenizer.EncodeToIds(text));
                checkedCases++;
            }
        }

        Assert.Equal(100 * 40, checkedCases);
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
