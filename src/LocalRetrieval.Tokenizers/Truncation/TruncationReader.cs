using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Truncation;

/// <summary>Reads the section "truncation".</summary>
internal static class TruncationReader
{
    public static TruncationOptions Read(JsonField section) => new()
    {
        MaxLength = section["max_length"].Count(),
        Stride = section["stride"].Count(),
        Strategy = section["strategy"].Enum<TruncationStrategy>(),
        Direction = section.Has("direction") ? section["direction"].Enum<TruncationDirection>() : TruncationDirection.Right,
    };
}
