using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>Reads the section of a BPE model.</summary>
internal static class BpeReader
{
    /// <exception cref="InvalidDataException">A merge names what is no token, or a field is missing, wrong or not supported.</exception>
    public static Bpe Read(JsonField section)
    {
        if (section.Optional("dropout") is { } dropout && dropout.Number() != 0)
        {
            throw dropout.Invalid($"{dropout.Number()}", "0 and null: with dropout, tokens are random");
        }

        Vocabulary vocabulary = Vocabulary.Read(section["vocab"]);
        BpeOptions options = ReadOptions(section, vocabulary);
        return new Bpe(vocabulary, new BpeMergeReader(vocabulary, options.ContinuingPrefix).Read(section["merges"]), options);
    }

    private static BpeOptions ReadOptions(JsonField section, Vocabulary vocabulary)
    {
        JsonField? unknown = section.Optional("unk_token");
        BpeOptions options = new(
            unknown is { } token ? UnknownToken.Read(token, vocabulary) : null,
            section.Optional("fuse_unk")?.Boolean() ?? false,
            section.Optional("byte_fallback")?.Boolean() ?? false,
            section.Optional("ignore_merges")?.Boolean() ?? false,
            section.Optional("continuing_subword_prefix")?.String() ?? "",
            section.Optional("end_of_word_suffix")?.String() ?? "");
        if (options.ByteFallback && options.ContinuingPrefix.Length + options.EndSuffix.Length > 0)
        {
            throw section["byte_fallback"].Invalid("true", "false with a continuing_subword_prefix or an end_of_word_suffix");
        }

        return options;
    }
}
