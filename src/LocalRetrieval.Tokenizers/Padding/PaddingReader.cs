using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Padding;

/// <summary>Reads the section "padding".</summary>
internal static class PaddingReader
{
    private const string BatchLongest = "BatchLongest";
    private const string Supported = $"{BatchLongest}, or an object with Fixed";

    public static PaddingOptions Read(JsonField section) => new()
    {
        Length = ReadLength(section["strategy"]),
        MultipleOf = section.Optional("pad_to_multiple_of")?.Count(PaddingOptions.MaxLength) ?? 0,
        Direction = section["direction"].Enum<PaddingDirection>(),
        Id = section["pad_id"].Id(),
        TypeId = section["pad_type_id"].Id(),
        Token = section["pad_token"].String(),
    };

    private static int? ReadLength(JsonField strategy)
    {
        if (!strategy.IsObject)
        {
            string name = strategy.String();
            return name == BatchLongest ? null : throw strategy.Invalid($"'{name}'", Supported);
        }

        (string Name, JsonField Value)[] members = [.. strategy.Members()];
        return members is [("Fixed", var length)]
            ? length.Count(PaddingOptions.MaxLength)
            : throw strategy.Invalid($"an object with {string.Join(", ", members.Select(member => member.Name))}", Supported);
    }
}
