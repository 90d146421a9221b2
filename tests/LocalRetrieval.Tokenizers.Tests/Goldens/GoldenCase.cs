using System.Text.Json;
using System.Text.Json.Serialization;

namespace LocalRetrieval.Tokenizers.Tests.Goldens;

/// <summary>One encoding as the reference gives it; offsets are in code points.</summary>
public class GoldenEncoding
{
    public int[] Ids { get; init; } = [];

    [JsonPropertyName("type_ids")]
    public int[] TypeIds { get; init; } = [];

    public int[] Special { get; init; } = [];

    public int[][] Offsets { get; init; } = [];
}

/// <summary>One line of a golden file: what was asked of the reference, and what it gave.</summary>
public sealed class GoldenCase : GoldenEncoding
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public string Text { get; init; } = "";

    public string? Pair { get; init; }

    [JsonPropertyName("add_special_tokens")]
    public bool AddSpecialTokens { get; init; }

    [JsonPropertyName("max_length")]
    public int? MaxLength { get; init; }

    public int Stride { get; init; }

    public string? Truncation { get; init; }

    public string? Direction { get; init; }

    public string? Error { get; init; }

    public GoldenEncoding[] Overflow { get; init; } = [];

    public string? Decoded { get; init; }

    [JsonPropertyName("decoded_skip")]
    public string? DecodedSkip { get; init; }

    /// <summary>The cases of a file, whose first line names the reference's version.</summary>
    public static IReadOnlyList<GoldenCase> Read(string gzippedFile)
    {
        using StreamReader lines = new(TestData.OpenGZipped(gzippedFile));
        return [.. Lines(lines).Skip(1).Select(line => JsonSerializer.Deserialize<GoldenCase>(line, Json)!)];
    }

    public EncodeOptions ToOptions() => new()
    {
        AddSpecialTokens = AddSpecialTokens,
        Padding = PaddingOptions.None,
        Truncation = MaxLength is not { } maxLength ? TruncationOptions.None : new TruncationOptions
        {
            MaxLength = maxLength,
            Stride = Stride,
            Strategy = Truncation switch
            {
                "longest_first" => TruncationStrategy.LongestFirst,
                "only_first" => TruncationStrategy.OnlyFirst,
                "only_second" => TruncationStrategy.OnlySecond,
                _ => throw new InvalidDataException($"Unknown strategy {Truncation}."),
            },
            Direction = Direction switch
            {
                null or "right" => TruncationDirection.Right,
                "left" => TruncationDirection.Left,
                _ => throw new InvalidDataException($"Unknown direction {Direction}."),
            },
        },
    };

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
