using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Tokenizers.Tests.Json;

/// <summary>Small tokenizers whose fields are changed one by one: what the reference refuses is refused, with the field's name.</summary>
public sealed partial class MutationTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is refused though the reference reads it, and why. Nothing is read that the reference refuses.</summary>
    private static readonly (string Place, string Reason)[] RefusedOnPurpose =
    [
        (@"= (4294967295|2147483647)$", "Ids are Int32, and so is their number."),
        (@"^(normalizer|decoder|post_processor)\.(.*\.)?type = ", "A part of no known type: the reference guesses it from its other fields."),
        (@"^post_processor\.(trim_offsets|add_prefix_space) = ", "A RobertaProcessing with a wrong field: the reference takes it for a BertProcessing."),
        (@"^post_processor\..* = \*$", "What is there twice in a post-processor; or two that each put special tokens around a text."),
        (@"^post_processor\.(single\.0\.SpecialToken\.id|special_tokens)", "A template that cannot be filled: encoding panics in the reference."),
        (@"(SpecialToken = \[""a"", 0\]|normalizers\.\d = \[\[\]\])$", "An array instead of an object, with its members by their places."),
        (@"^padding\.(strategy\.Fixed|pad_to_multiple_of) = \d{7,}$", "More padding than there is memory for."),
        (@"^model\.dropout = 1", "Dropout: tokens would be random."),
        (@"\.(prepend|pattern\.String) = """"$", "An empty text to look for, or to put before."),
    ];

    [Fact]
    public void Load_EveryMutation_IsReadOrRefusedAsReferenceDoes()
    {
        using StreamReader lines = new(TestData.OpenGZipped(TestData.Path("mutations", "goldens.jsonl.gz")));
        string[] instead = JsonDocument.Parse(lines.ReadLine()!).RootElement.GetProperty("instead").Deserialize<string[]>()!;
        List<string> failures = [];
        int count = 0;
        while (lines.ReadLine() is { } line)
        {
            JsonElement golden = JsonDocument.Parse(line).RootElement;
            JsonElement tokenizer = golden.GetProperty("tokenizer");
            foreach (JsonElement mutation in golden.GetProperty("mutations").EnumerateArray())
            {
                string[] path = [.. mutation[0].EnumerateArray().Select(part => part.ToString())];
                string expected = mutation[1].GetString()!;
                for (int i = 0; i < instead.Length; i++, count++)
                {
                    string place = $"{string.Join('.', path)} = {instead[i]}";
                    string actual = Load(Write(tokenizer, path, instead[i]));
                    bool isExpected = expected[i] == '1'
                        ? actual.Length == 0 || RefusedOnPurpose.Any(known => Regex.IsMatch(place, known.Place))
                        : actual.Length > 0;
                    if (!isExpected)
                    {
                        failures.Add($"{(expected[i] == '1' ? "refused" : "read")}: {place}: {actual}");
                    }
                    else if (actual.Length > 0 && !FieldOrPlace().IsMatch(actual))
                    {
                        failures.Add($"no field: {place}: {actual}");
                    }
                }
            }
        }

        Assert.Equal(7378, count);
        Assert.True(failures.Count == 0, $"{failures.Count} of {count}:\n{string.Join('\n', failures)}");
    }

    /// <summary>What the message of a refusal is; empty where the tokenizer is read. Another exception is the test's failure.</summary>
    private static string Load(string json)
    {
        try
        {
            using MemoryStream content = new(Encoding.UTF8.GetBytes(json));
            Tokenizer tokenizer = Tokenizer.Load(content);
            return "";
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Writes a value with another text at a path, as the script beside the goldens does.</summary>
    private static string Write(JsonElement value, ReadOnlySpan<string> path, string? instead)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            return value.GetRawText();
        }

        bool isArray = value.ValueKind == JsonValueKind.Array;
        (string Key, JsonElement Value)[] members = isArray
            ? [.. value.EnumerateArray().Select((element, index) => ($"{index}", element))]
            : [.. value.EnumerateObject().Select(member => (member.Name, member.Value))];
        List<string> parts = [];
        foreach ((string key, JsonElement member) in members)
        {
            string name = isArray ? "" : $"{JsonSerializer.Serialize(key, Plain)}:";
            bool isHere = instead is not null && path[0] == key;
            if (isHere && path.Length == 1)
            {
                parts.AddRange(instead switch
                {
                    "" => [],
                    "*" => [name + Write(member, [], null), name + Write(member, [], null)],
                    _ => [name + instead],
                });
                continue;
            }

            parts.Add(name + Write(member, isHere ? path[1..] : [], isHere ? instead : null));
        }

        string joined = string.Join(',', parts);
        return isArray ? $"[{joined}]" : $"{{{joined}}}";
    }

    [GeneratedRegex(@"^tokenizer\.json: (\$|malformed JSON at line \d+, byte \d+)")]
    private static partial Regex FieldOrPlace();
}
