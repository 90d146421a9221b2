using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Patterns;

namespace LocalRetrieval.Tokenizers.Tests.Patterns;

/// <summary>Regular expressions of known tokenizers and random ones, on random texts, as the reference has them.</summary>
public sealed class PatternGoldenTests
{
    private static readonly EncodeOptions ContentOnly = new() { AddSpecialTokens = false };
    private static readonly Lazy<List<JsonElement>> Lines = new(ReadLines);
    private static readonly Lazy<string[]> Texts = new(() => Lines.Value[0].GetProperty("texts").Deserialize<string[]>()!);

    [Fact]
    public void Matches_EveryGoldenCase_EqualsReference()
    {
        int checkedCases = 0;
        foreach (JsonElement golden in Golden("matches"))
        {
            JsonField expression = Field(golden.GetProperty("regex"));
            List<TextPattern> patterns = [RegexPattern.Read(expression, RegexOptions.None)];
            if (PatternReader.Known.TryGetValue(expression.String(), out TextPattern? known))
            {
                patterns.Add(known);
            }

            foreach (JsonElement item in golden.GetProperty("cases").EnumerateArray())
            {
                int[] expected = item.Deserialize<int[]>()!;
                string text = Texts.Value[expected[0]];
                foreach (TextPattern pattern in patterns)
                {
                    AssertEqual(ToUtf16(text, expected[1..]), Spans(pattern, text), text, $"{pattern} {expression.String()}");
                }

                checkedCases++;
            }
        }

        Assert.Equal(16834, checkedCases);
    }

    [Fact]
    public void Encode_SplitOfEveryGoldenCase_EqualsReference() => CheckComponents((golden, _) =>
    {
        Tokenizer tokenizer = Load("pre_tokenizer", new JsonObject
        {
            ["type"] = "Split",
            ["pattern"] = Node(golden, "pattern"),
            ["behavior"] = Node(golden, "behavior"),
            ["invert"] = Node(golden, "invert"),
        });
        return (expected, text) => AssertEqual(ToUtf16(text, Numbers(expected, "spans")), Spans(tokenizer, text), text, Show(golden));
    });

    [Fact]
    public void Encode_ReplaceOfEveryGoldenCase_HasTheOriginsOfTheReference() => CheckComponents((golden, _) =>
    {
        JsonObject everyCharacter = new()
        {
            ["type"] = "Split",
            ["pattern"] = new JsonObject { ["String"] = "" },
            ["behavior"] = "Isolated",
            ["invert"] = false,
        };
        Tokenizer tokenizer = Load("normalizer", Replace(golden), ("pre_tokenizer", everyCharacter));
        return (expected, text) => AssertEqual(ToUtf16(text, Numbers(expected, "origins")), Spans(tokenizer, text), text, Show(golden));
    });

    [Fact]
    public void Decode_ReplaceOfEveryGoldenCase_EqualsReference() => CheckComponents((golden, texts) =>
    {
        string[] tokens = [.. texts.Distinct()];
        Tokenizer tokenizer = Load("decoder", Replace(golden), vocabulary: tokens);
        return (expected, text) => Assert.Equal(
            expected.GetProperty("decoded").GetString(), tokenizer.Decode([Array.IndexOf(tokens, text) + 1], skipSpecialTokens: false));
    });

    [Fact]
    public void Read_WhatTheReferenceRefuses_Throws()
    {
        JsonElement[] goldens = [.. Golden("refused")];
        Assert.NotEmpty(goldens);
        foreach (JsonElement golden in goldens)
        {
            JsonField expression = Field(golden.GetProperty("regex"));

            string message = Assert.Throws<InvalidDataException>(() => RegexPattern.Read(expression)).Message;

            Assert.Contains("$.Regex is a regular expression with ", message, StringComparison.Ordinal);
            Assert.Contains($": '{expression.String()}'", message, StringComparison.Ordinal);
        }
    }

    /// <summary>Checks each golden component's cases by what is made for it and its texts.</summary>
    private static void CheckComponents(Func<JsonElement, string[], Action<JsonElement, string>> makeCheck)
    {
        int checkedCases = 0;
        foreach (JsonElement golden in Golden("components"))
        {
            JsonElement[] cases = [.. golden.GetProperty("cases").EnumerateArray()];
            string[] texts = [.. cases.Select(expected => Texts.Value[expected.GetProperty("text").GetInt32()])];
            Action<JsonElement, string> check = makeCheck(golden, texts);
            for (int i = 0; i < cases.Length; i++)
            {
                check(cases[i], texts[i]);
                checkedCases++;
            }
        }

        Assert.Equal(150 * 12, checkedCases);
    }

    private static List<JsonElement> ReadLines()
    {
        using StreamReader lines = new(TestData.OpenGZipped(TestData.Path("patterns", "goldens.jsonl.gz")));
        List<JsonElement> read = [];
        while (lines.ReadLine() is { } line)
        {
            read.Add(JsonDocument.Parse(line).RootElement);
        }

        Assert.Contains("0.23", read[0].GetProperty("tokenizers").GetString(), StringComparison.Ordinal);
        return read;
    }

    private static IEnumerable<JsonElement> Golden(string kind) =>
        Lines.Value.Skip(1).Where(line => line.GetProperty("kind").GetString() == kind);

    private static JsonField Field(JsonElement expression) => new("tokenizer.json", "$.Regex", expression);

    private static JsonNode? Node(JsonElement golden, string name) => JsonNode.Parse(golden.GetProperty(name).GetRawText());

    private static JsonObject Replace(JsonElement golden) => new()
    {
        ["type"] = "Replace",
        ["pattern"] = Node(golden, "pattern"),
        ["content"] = Node(golden, "content"),
    };

    private static Tokenizer Load(
        string section, JsonNode value, (string Name, JsonNode Value)? other = null, params string[] vocabulary)
    {
        JsonObject tokens = new() { ["u"] = 0 };
        foreach (string token in vocabulary)
        {
            tokens[token] = tokens.Count;
        }

        JsonObject json = new()
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            [section] = value,
            ["model"] = new JsonObject { ["type"] = "WordLevel", ["vocab"] = tokens, ["unk_token"] = "u" },
        };
        if (other is { } more)
        {
            json[more.Name] = more.Value;
        }

        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json.ToJsonString()));
        return Tokenizer.Load(stream);
    }

    private static int[] Numbers(JsonElement expected, string name) => expected.GetProperty(name).Deserialize<int[]>()!;

    private static string Show(JsonElement golden) => golden.GetRawText()[..200];

    private static int[] Spans(TextPattern pattern, string text)
    {
        List<int> spans = [];
        foreach (var match in pattern.Matches(text))
        {
            spans.AddRange(match.Start < match.End ? [match.Start, match.End] : []);
        }

        return [.. spans];
    }

    private static int[] Spans(Tokenizer tokenizer, string text) =>
        [.. tokenizer.Encode(text, options: ContentOnly).Offsets.SelectMany(offset => new[] { offset.Start, offset.End })];

    private static int[] ToUtf16(string text, int[] codePoints)
    {
        int[] starts = [0, .. text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength)];
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        return [.. codePoints.Select(codePoint => starts[codePoint])];
    }

    private static void AssertEqual(int[] expected, int[] actual, string text, string what)
    {
        Assert.True(
            expected.SequenceEqual(actual),
            $"{what}\non {JsonSerializer.Serialize(text)}:\nexpected {string.Join(' ', expected)}\nactual   {string.Join(' ', actual)}");
    }
}
