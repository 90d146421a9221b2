using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalRetrieval.Tokenizers.Tests.Json;

/// <summary>
/// Sections with fields missing or wrong, of another type or of none: what the reference refuses is refused, by an error that names the
/// section, and what it reads is read and does the same.
/// </summary>
public sealed class SectionGoldenTests
{
    /// <summary>
    /// What is refused here though the reference reads it: a type that is no component's name, which the reference passes over where the
    /// fields fit another component; wrong values where it falls back to another component; what is not supported; what fails there
    /// at the first text.
    /// </summary>
    private static readonly string[] Stricter =
    [
        ".type is ", "$.decoder is a section without a type", ".trim_offsets is ", ".add_prefix_space is ", ".Regex is ", ".dropout is ",
        "$.normalizer.prepend is empty", "$.normalizer.lowercase is missing",
    ];

    [Theory]
    [InlineData("normalizer", 500, 102)]
    [InlineData("pre_tokenizer", 1187, 141)]
    [InlineData("post_processor", 648, 44)]
    [InlineData("decoder", 718, 72)]
    [InlineData("model", 622, 66)]
    public void Load_Section_ReadsAndRefusesAsReference(string part, int sections, int read)
    {
        using StreamReader lines = new(TestData.OpenGZipped(TestData.Path("sections", "goldens.jsonl.gz")));
        JsonNode head = JsonNode.Parse(lines.ReadLine()!)!;
        Assert.Equal("0.23.2", (string)head["tokenizers"]!);
        List<string> failures = [];
        int readHere = 0;
        int count = 0;
        while (lines.ReadLine() is { } line)
        {
            using JsonDocument golden = JsonDocument.Parse(line);
            if (golden.RootElement.GetProperty("part").GetString() != part)
            {
                continue;
            }

            string section = golden.RootElement.GetProperty("section").GetRawText();
            if (Check(head, part, section, golden.RootElement, out bool isRead) is { } failure)
            {
                failures.Add($"{section}: {failure}");
            }

            readHere += isRead ? 1 : 0;
            count++;
        }

        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n{string.Join('\n', failures.Take(40))}");
        Assert.Equal(sections, count);
        Assert.InRange(readHere, read, sections);
    }

    /// <returns>What is wrong, or null.</returns>
    private static string? Check(JsonNode head, string part, string section, JsonElement golden, out bool isRead)
    {
        isRead = false;
        try
        {
            Tokenizer tokenizer = Load(head, part, section);
            isRead = true;
            if (golden.TryGetProperty("aborts", out _))
            {
                return null;
            }

            string expected = golden.TryGetProperty("refused", out _) ? "nothing: it is refused" : Describe(golden);
            string actual = Describe(tokenizer, head);
            return expected == actual ? null : $"\n  expected {expected}\n  actual   {actual}";
        }
        catch (InvalidDataException exception)
        {
            bool isExpected = !golden.TryGetProperty("results", out _)
                || Stricter.Any(reason => exception.Message.Contains(reason, StringComparison.Ordinal));
            return isExpected && exception.Message.StartsWith($"tokenizer.json: $.{part}", StringComparison.Ordinal) ? null : exception.Message;
        }
    }

    private static Tokenizer Load(JsonNode head, string part, string section)
    {
        JsonObject json = new() { ["version"] = "1.0", ["model"] = head["model"]!.DeepClone(), };
        json[part] = JsonNode.Parse(section);
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json.ToJsonString()));
        return Tokenizer.Load(stream);
    }

    private static string Describe(JsonElement golden)
    {
        StringBuilder text = new();
        foreach (JsonElement result in golden.GetProperty("results").EnumerateArray())
        {
            _ = text.Append(result.ValueKind == JsonValueKind.Null ? "error" : string.Join(';', result.EnumerateArray().Select(Join))).Append(" | ");
        }

        return $"{text}{golden.GetProperty("decoded").GetString()}";

        static string Join(JsonElement value) =>
            value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Join(',', value.EnumerateArray().Select(number => number.GetInt32()));
    }

    private static string Describe(Tokenizer tokenizer, JsonNode head)
    {
        StringBuilder text = new();
        foreach (string content in head["texts"]!.AsArray().Select(node => (string)node!))
        {
            foreach (string? pair in new[] { null, (string)head["pair"]! })
            {
                // As there, a model whose unknown token is missing fails on the text that needs it.
                if (Encode(tokenizer, content, pair) is not { } encoding)
                {
                    _ = text.Append("error | ");
                    continue;
                }

                string[] fields =
                [
                    string.Join(',', encoding.Ids), string.Join(',', encoding.TypeIds), string.Join(',', encoding.SpecialTokensMask),
                    string.Join(',', encoding.Offsets.Select(offset => $"{offset.Start},{offset.End}")), string.Join('\u0001', encoding.Tokens),
                ];
                _ = text.AppendJoin(';', fields).Append(" | ");
            }
        }

        return $"{text}{tokenizer.Decode([.. head["ids"]!.AsArray().Select(id => (int)id!)], skipSpecialTokens: false)}";
    }

    private static TokenEncoding? Encode(Tokenizer tokenizer, string text, string? pair)
    {
        try
        {
            return tokenizer.Encode(text, pair);
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("unknown token", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
