using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.ByteLevel;

/// <summary>The fields that every "ByteLevel" component has; each kind of component uses some of them.</summary>
/// <param name="AddPrefixSpace">Whether a space is put before a piece that does not begin with one.</param>
/// <param name="TrimOffsets">Whether offsets leave white space out.</param>
/// <param name="UseRegex">Whether the text is cut by GPT-2's expression.</param>
internal readonly record struct ByteLevelSettings(bool AddPrefixSpace, bool TrimOffsets, bool UseRegex)
{
    public static ByteLevelSettings Read(JsonField section) => new(
        section["add_prefix_space"].Boolean(),
        section["trim_offsets"].Boolean(),
        !section.Has("use_regex") || section["use_regex"].Boolean());
}
