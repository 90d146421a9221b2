using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>Where "Metaspace" puts its replacement before a text.</summary>
internal enum PrependScheme
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>Before the piece that the original text begins with.</summary>
    First,

    /// <summary>Before each piece.</summary>
    Always,
}

/// <summary>Reads the fields "prepend_scheme" and, as older files have them, "add_prefix_space" and "str_rep", which decides nothing.</summary>
internal static class PrependSchemeReader
{
    /// <exception cref="InvalidDataException">The two fields contradict each other, or one is wrong.</exception>
    public static PrependScheme Read(JsonField section)
    {
        _ = section.Optional("str_rep")?.String();
        PrependScheme scheme = section.Has("prepend_scheme") ? ReadName(section["prepend_scheme"]) : PrependScheme.Always;
        return section.Optional("add_prefix_space") is not { } prefix || prefix.Boolean() || scheme == PrependScheme.Never
            ? scheme
            : throw prefix.Invalid("false", "true, or false with the prepend_scheme 'never'");
    }

    private static PrependScheme ReadName(JsonField field) => field.String() switch
    {
        "never" => PrependScheme.Never,
        "first" => PrependScheme.First,
        "always" => PrependScheme.Always,
        string other => throw field.Invalid($"'{other}'", "always, first, never"),
    };
}
