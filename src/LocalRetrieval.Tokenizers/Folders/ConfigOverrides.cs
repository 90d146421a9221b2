using System.Text.Json.Nodes;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>
/// What tokenizer_config.json changes in the parts of a tokenizer.json beside it, as transformers' fast tokenizers do. A field that it
/// lacks changes nothing.
/// </summary>
internal static class ConfigOverrides
{
    private static readonly (string Setting, string Field)[] BertNormalizerFields =
        [("do_lower_case", "lowercase"), ("strip_accents", "strip_accents"), ("tokenize_chinese_chars", "handle_chinese_chars")];

    private static readonly (string Setting, string Field)[] PrefixSpace = [("add_prefix_space", "add_prefix_space")];

    private static readonly (string Setting, string Field)[] RobertaFields = [.. PrefixSpace, ("trim_offsets", "trim_offsets")];

    /// <summary>The normalizer's section: classes of BERT's kind follow the settings of tokenizer_config.json.</summary>
    public static JsonField Normalizer(JsonField section, FolderConfig config)
    {
        bool isBert = config.ClassName is null || config.Class?.Family is TokenizerFamily.Bert or TokenizerFamily.Funnel or TokenizerFamily.MPNet;
        return isBert ? Change(section, "BertNormalizer", BertNormalizerFields, config) : section;
    }

    /// <summary>The pre-tokenizer's section.</summary>
    public static JsonField PreTokenizer(JsonField section, FolderConfig config) => Change(section, "ByteLevel", PrefixSpace, config);

    /// <summary>The post-processor's section: classes of RoBERTa's kind follow the settings of tokenizer_config.json.</summary>
    public static JsonField PostProcessor(JsonField section, FolderConfig config) =>
        config.Class?.Family == TokenizerFamily.Roberta ? Change(section, "RobertaProcessing", RobertaFields, config) : section;

    private static JsonField Change(JsonField section, string type, (string Setting, string Field)[] fields, FolderConfig config)
    {
        (string Setting, string Field)[] set = [.. fields.Where(field => config.Has(field.Setting))];
        if (set.Length == 0 || section["type"].String() != type)
        {
            return section;
        }

        JsonObject changed = JsonNode.Parse(section.Utf8Json)!.AsObject();
        foreach ((string setting, string field) in set)
        {
            changed[field] = config.Flag(setting);
        }

        return section.Replace(changed);
    }
}
