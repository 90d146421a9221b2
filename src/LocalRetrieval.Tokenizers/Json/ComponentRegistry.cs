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
        ["Bert"] = BertNormalizer.Read,
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
    /// The fields by which a section without a "type", as older files have it, is known: the first component all of whose fields are
    /// there. The order is the reference's; what is not listed needs its type.
    /// </summary>
    private static readonly (string Type, string[] Fields)[] UntypedNormalizers =
    [
        ("BertNormalizer", ["clean_text", "handle_chinese_chars", "lowercase"]),
        ("Strip", ["strip_left", "strip_right"]),
        ("Sequence", ["normalizers"]),
        ("Precompiled", ["precompiled_charsmap"]),
        ("Replace", ["pattern", "content"]),
        ("Prepend", ["prepend"]),
    ];

    private static readonly (string Type, string[] Fields)[] UntypedModels =
    [
        ("BPE", ["vocab", "merges"]),
        ("WordPiece", ["vocab", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word"]),
        ("WordLevel", ["vocab", "unk_token"]),
        ("Unigram", ["vocab"]),
    ];

    private static readonly (string Type, string[] Fields)[] UntypedPostProcessors =
    [
        ("RobertaProcessing", ["sep", "cls", "trim_offsets", "add_prefix_space"]),
        ("BertProcessing", ["sep", "cls"]),
        ("TemplateProcessing", ["single", "pair", "special_tokens"]),
    ];

    private static readonly (string Type, string[] Fields)[] UntypedDecoders =
    [
        ("BPEDecoder", ["suffix"]),
        ("WordPiece", ["prefix", "cleanup"]),
        ("Replace", ["pattern", "content"]),
        ("Strip", ["content", "start", "stop"]),
    ];

    public static Normalizer ReadNormalizer(JsonField section) => Read(section, Normalizers, UntypedNormalizers);

    public static PreTokenizer ReadPreTokenizer(JsonField section) => Read(section, PreTokenizers, []);

    public static Model ReadModel(JsonField section) => Read(section, Models, UntypedModels);

    public static Decoder ReadDecoder(JsonField section) => Read(section, Decoders, UntypedDecoders);

    /// <summary>
    /// Reads a post-processor. As in the reference, the fields decide between those of <see cref="UntypedPostProcessors"/>, even against
    /// the type: a "RobertaProcessing" without "trim_offsets", say, is a "BertProcessing".
    /// </summary>
    public static PostProcessor ReadPostProcessor(JsonField section)
    {
        bool isKnown = section.Optional("type") is { } type && PostProcessors.ContainsKey(type.String());
        return isKnown && Infer(section, UntypedPostProcessors) is { } inferred
            ? PostProcessors[inferred](section)
            : Read(section, PostProcessors, UntypedPostProcessors);
    }

    private static T Read<T>(
        JsonField section, Dictionary<string, Func<JsonField, T>> known, (string Type, string[] Fields)[] untyped)
    {
        if (!section.Has("type"))
        {
            return Infer(section, untyped) is { } inferred
                ? known[inferred](section)
                : throw section.Invalid("a section without a type", Names(known));
        }

        JsonField type = section["type"];
        return known.TryGetValue(type.String(), out Func<JsonField, T>? read)
            ? read(section)
            : throw type.Invalid($"'{type.String()}'", Names(known));
    }

    private static string? Infer(JsonField section, (string Type, string[] Fields)[] untyped) =>
        untyped.FirstOrDefault(candidate => candidate.Fields.All(field => section.Optional(field) is not null)).Type;

    private static string Names<T>(Dictionary<string, T> known) => string.Join(", ", known.Keys);
}
