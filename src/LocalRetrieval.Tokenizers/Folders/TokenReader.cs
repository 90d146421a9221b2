using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>Reads tokens as tokenizer_config.json and special_tokens_map.json write them: a text, or an object with its settings.</summary>
internal static class TokenReader
{
    /// <summary>Reads a special token.</summary>
    public static AddedToken ReadSpecial(JsonField field) =>
        field.IsString ? Special(field.String()) : ReadObject(field, special: true);

    /// <summary>Reads an entry of "added_tokens_decoder", whose name is the id.</summary>
    public static AddedToken ReadEntry(string name, JsonField field) => ReadObject(field, field.Optional("special")?.Boolean() ?? false) with
    {
        Id = int.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int id)
            ? id
            : throw field.Invalid($"an entry named '{name}'", "entries named by an id"),
    };

    public static AddedToken Special(string content) => new() { Id = -1, Content = content, Special = true };

    private static AddedToken ReadObject(JsonField field, bool special) => new()
    {
        Id = -1,
        Content = field["content"].String(),
        SingleWord = field.Optional("single_word")?.Boolean() ?? false,
        LeftStrip = field.Optional("lstrip")?.Boolean() ?? false,
        RightStrip = field.Optional("rstrip")?.Boolean() ?? false,
        Normalized = field.Optional("normalized")?.Boolean() ?? !special,
        Special = special,
    };
}
