using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Truncation;

/// <summary>Reads the section "truncation".</summary>
internal static class TruncationReader
{
    public static TruncationOptions Read(JsonField section) => new()
    {
        MaxLength = section["max_length"].Count(),
        Stride = section["stride"].Count(),
        Strategy = ReadEnum<TruncationStrategy>(section["strategy"]),
        Direction = section.Has("direction") ? ReadEnum<TruncationDirection>(section["direction"]) : TruncationDirection.Right,
    };

    private static T ReadEnum<T>(JsonField field)
        where T : struct, Enum
    {
        string name = field.String();
        string[] names = Enum.GetNames<T>();
        return names.Contains(name) ? Enum.Parse<T>(name) : throw field.Invalid($"'{name}'", string.Join(", ", names));
    }
}
