using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Tokenizers.Tests.Goldens;

/// <summary>Random combinations of all components, one text and two, encoded and decoded, as the reference has them.</summary>
public sealed class CombinationGoldenTests
{
    private const int Cases = 300 * 10;

    [Fact]
    public void Encode_EveryGoldenCase_EqualsReference()
    {
        using StreamReader lines = new(TestData.OpenGZipped(TestData.Path("combinations", "goldens.jsonl.gz")));
        Assert.Contains("0.23.2", lines.ReadLine(), StringComparison.Ordinal);
        List<string> failures = [];
        int cases = 0;
        while (lines.ReadLine() is { } line)
        {
            using JsonDocument golden = JsonDocument.Parse(line);
            string json = golden.RootElement.GetProperty("tokenizer").GetRawText();
            using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
            Tokenizer tokenizer = Tokenizer.Load(stream);
            foreach (JsonElement expected in golden.RootElement.GetProperty("cases").EnumerateArray())
            {
                if (Check(tokenizer, expected) is { } failure)
                {
                    failures.Add($"{failure}\n{json}");
                }

                cases++;
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {cases} differ:\n{string.Join("\n\n", failures.Take(10))}");
        Assert.Equal(Cases, cases);
    }

    private static string? Check(Tokenizer tokenizer, JsonElement golden)
    {
        string text = golden.GetProperty("text").GetString()!;
        string? pair = golden.GetProperty("pair").GetString();
        EncodeOptions options = new() { AddSpecialTokens = golden.GetProperty("add_special_tokens").GetBoolean() };
        TokenEncoding encoding = tokenizer.Encode(text, pair, options);
        string actual = Describe(
            encoding.Ids, encoding.TypeIds, encoding.SpecialTokensMask, encoding.Tokens,
            Enumerable.Range(0, encoding.Count).Select(i => encoding.Offsets[i]),
            tokenizer.Decode(encoding.Ids, skipSpecialTokens: false), tokenizer.Decode(encoding.Ids));
        string expected = Describe(
            Ints(golden, "ids"), Ints(golden, "type_ids"), Ints(golden, "special"), golden.GetProperty("tokens").Deserialize<string[]>()!,
            golden.GetProperty("offsets").Deserialize<int[][]>()!
                .Select((offset, i) => (Offset: offset, Text: i < encoding.Count && encoding.SequenceIds[i] == 1 ? pair! : text))
                .Select(token => new TokenOffset(ToUtf16(token.Text, token.Offset[0]), ToUtf16(token.Text, token.Offset[1]))),
            golden.GetProperty("decoded").GetString()!, golden.GetProperty("decoded_skip").GetString()!);
        return expected == actual ? null : $"'{text}' '{pair}' {options.AddSpecialTokens}:\nexpected {expected}\nactual   {actual}";
    }

    private static string Describe(
        IEnumerable<int> ids, IEnumerable<int> typeIds, IEnumerable<int> special, IEnumerable<string> tokens, IEnumerable<TokenOffset> offsets,
        string decoded, string decodedSkip) =>
        $"{string.Join(' ', ids)} | {string.Join(' ', typeIds)} | {string.Join(' ', special)} | {string.Join('\u0001', tokens)} | "
        + $"{string.Join(' ', offsets.Select(offset => $"{offset.Start}-{offset.End}"))} | '{decoded}' | '{decodedSkip}'";

    private static int[] Ints(JsonElement golden, string name) => golden.GetProperty(name).Deserialize<int[]>()!;

    /// <summary>The UTF-16 offset of a code point.</summary>
    private static int ToUtf16(string text, int codePoints) => text.EnumerateRunes().Take(codePoints).Sum(rune => rune.Utf16SequenceLength);
}
