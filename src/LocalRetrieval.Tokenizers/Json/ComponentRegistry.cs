using LocalRetrieval.Tokenizers.Decoders;
using LocalRetrieval.Tokenizers.Models;
using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.PostProcessors;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Json;

/// <summary>The components that can be read, by the "type" that a file gives them. A new one is a new line here.</summary>
internal static class ComponentRegistry
{
    private static readonly Dictionary<string, Func<JsonField, Normalizer>> Normalizers = new()
    {
        ["BertNormalizer"] = BertNormalizer.Read,
        ["ByteLevel"] = _ => new ByteLevelNormalizer(),
        ["Lowercase"] = _ => new LowercaseNormalizer(),
        ["NFC"] = _ => new UnicodeNormalizer(compatibility: false, composes: true),
        ["NFD"] = _ => new UnicodeNormalizer(compatibility: false, composes: false),
        ["NFKC"] = _ => new UnicodeNormalizer(compatibility: true, composes: true),
        ["NFKD"] = _ => new UnicodeNormalizer(compatibility: true, composes: false),
        ["Nmt"] = _ => new NmtNormalizer(),
        ["Precompiled"] = PrecompiledNormalizer.Read,
        ["Prepend"] = PrependNormalizer.Read,
        ["Replace"] = ReplaceNormalizer.Read,
        ["Sequence"] = SequenceNormalizer.Read,
        ["Strip"] = StripNormalizer.Read,
        ["StripAccents"] = _ => new StripAccentsNormalizer(),
    };

    private static readonly Dictionary<string, Func<JsonField, PreTokenizer>> PreTokenizers = new()
    {
        ["BertPreTokenizer"] = _ => new BertPreTokenizer(),
        ["ByteLevel"] = ByteLevelPreTokenizer.Read,
        ["CharDelimiterSplit"] = CharDelimiterSplitPreTokenizer.Read,
        ["Digits"] = DigitsPreTokenizer.Read,
        ["Metaspace"] = MetaspacePreTokenizer.Read,
        ["Punctuation"] = PunctuationPreTokenizer.Read,
        ["Sequence"] = SequencePreTokenizer.Read,
        ["Split"] = SplitPreTokenizer.Read,
        ["UnicodeScripts"] = _ => new UnicodeScriptsPreTokenizer(),
        ["Whitespace"] = _ => new WhitespacePreTokenizer(),
        ["WhitespaceSplit"] = _ => new WhitespaceSplitPreTokenizer(),
    };

    private static readonly Dictionary<string, Func<JsonField, Model>> Models = new()
    {
        ["BPE"] = Bpe.Read,
        ["Unigram"] = Unigram.Read,
        ["WordLevel"] = WordLevel.Read,
        ["WordPiece"] = WordPiece.Read,
    };

    private static readonly Dictionary<string, Func<JsonField, PostProcessor>> PostProcessors = new()
    {
        ["BertProcessing"] = BertProcessing.Read,
        ["ByteLevel"] = ByteLevelProcessing.Read,
        ["RobertaProcessing"] = RobertaProcessing.Read,
        ["Sequence"] = PostProcessorSequence.Read,
        ["TemplateProcessing"] = TemplateProcessing.Read,
    };

    private static readonly Dictionary<string, Func<JsonField, Decoder>> Decoders = new()
    {
        ["BPEDecoder"] = BpeDecoder.Read,
        ["ByteFallback"] = _ => new ByteFallbackDecoder(),
        ["ByteLevel"] = ByteLevelDecoder.Read,
        ["Fuse"] = _ => new FuseDecoder(),
        ["Metaspace"] = MetaspaceDecoder.Read,
        ["Replace"] = ReplaceDecoder.Read,
        ["Sequence"] = SequenceDecoder.Read,
        ["Strip"] = StripDecoder.Read,
        ["WordPiece"] = WordPieceDecoder.Read,
    };

    /// <summary>
    /// The fields by which a model without a "type", as older files have it, is known; the first that the model has decides.
    /// </summary>
    private static readonly (string Field, string Type)[] UntypedModels =
    [
        ("merges", "BPE"),
        ("continuing_subword_prefix", "WordPiece"),
        ("unk_id", "Unigram"),
        ("unk_token", "WordLevel"),
    ];

    public static Normalizer ReadNormalizer(JsonField section) => Read(section, Normalizers);

    public static PreTokenizer ReadPreTokenizer(JsonField section) => Read(section, PreTokenizers);

    public static PostProcessor ReadPostProcessor(JsonField section) => Read(section, PostProcessors);

    public static Decoder ReadDecoder(JsonField section) => Read(section, Decoders);

    public static Model ReadModel(JsonField section)
    {
        if (section.Has("type"))
        {
            return Read(section, Models);
        }

        string? type = UntypedModels.FirstOrDefault(known => section.Has(known.Field)).Type;
        return type is not null && Models.TryGetValue(type, out Func<JsonField, Model>? read)
            ? read(section)
            : throw section.Invalid(type is null ? "a model without a type" : $"a model of type '{type}'", Names(Models));
    }

    private static T Read<T>(JsonField section, Dictionary<string, Func<JsonField, T>> known)
    {
        JsonField type = section["type"];
        return known.TryGetValue(type.String(), out Func<JsonField, T>? read)
            ? read(section)
            : throw type.Invalid($"'{type.String()}'", Names(known));
    }

    private static string Names<T>(Dictionary<string, T> known) => string.Join(", ", known.Keys);
}
