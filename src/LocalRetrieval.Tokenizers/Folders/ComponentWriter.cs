using System.Text.Json.Nodes;
using LocalRetrieval.Tokenizers.Models;

namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>Writes the parts of a tokenizer.json, except the model and the added tokens, that the converters of transformers give.</summary>
internal sealed class ComponentWriter(FolderFiles files, FolderConfig config, Vocabulary vocabulary)
{
    private const string QwenExpression =
        """(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+""";

    private bool AddPrefixSpace => config.Flag("add_prefix_space") ?? false;

    public byte[] Write(TokenizerFamily family) => System.Text.Encoding.UTF8.GetBytes(Components(family).ToJsonString());

    /// <summary>The token that plays a part, with its id.</summary>
    /// <exception cref="InvalidDataException">Neither the vocabulary nor an added token has it.</exception>
    public AddedToken Token(string role)
    {
        AddedToken token = config.Role(role) ?? throw Invalid("missing", "a token");
        int? id = vocabulary.Id(token.Content)
            ?? config.Declared.Concat(config.Older).FirstOrDefault(added => added.Content == token.Content)?.Id;
        return token with { Id = id ?? throw Invalid($"'{token.Content}'", "a token of the vocabulary, or an added one with its id") };

        InvalidDataException Invalid(string found, string supported) =>
            new($"{files.PathOf(FolderFiles.Config)}: $.{role} is {found}; supported: {supported}.");
    }

    private JsonObject Components(TokenizerFamily family) => family switch
    {
        TokenizerFamily.Bert => BertParts([Start(), .. Rest(0)], [Start(), .. Rest(0), .. Rest(1)]),
        TokenizerFamily.Funnel => BertParts([Start(2), .. Rest(0)], [Start(2), .. Rest(0), .. Rest(1)]),
        TokenizerFamily.MPNet => BertParts([Start(), .. Rest(0)], [Start(), .. Rest(0), Special("sep_token", 0), .. Rest(1)]),
        TokenizerFamily.Roberta => ByteLevelParts(new JsonObject
        {
            ["type"] = "RobertaProcessing",
            ["sep"] = Pair("sep_token"),
            ["cls"] = Pair("cls_token"),
            ["trim_offsets"] = config.Flag("trim_offsets") ?? true,
            ["add_prefix_space"] = AddPrefixSpace,
        }),
        TokenizerFamily.Deberta => ByteLevelParts(Template([Start(), .. Rest(0)], [Start(), .. Rest(0), .. Rest(1)])),
        TokenizerFamily.Gpt2 when config.Flag("add_bos_token") == true => ByteLevelParts(
            Template([Special("bos_token", 0), Text(0)], [Special("bos_token", 0), Text(0), Text(1)])),
        TokenizerFamily.Gpt2 => ByteLevelParts(ByteLevel(addPrefixSpace: true, trimOffsets: false)),
        _ => QwenParts(),
    };

    private JsonObject BertParts(JsonObject[] single, JsonObject[] pair) => new()
    {
        ["normalizer"] = new JsonObject
        {
            ["type"] = "BertNormalizer",
            ["clean_text"] = true,
            ["handle_chinese_chars"] = config.Flag("tokenize_chinese_chars") ?? true,
            ["strip_accents"] = config.Flag("strip_accents"),
            ["lowercase"] = config.Flag("do_lower_case") ?? true,
        },
        ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
        ["post_processor"] = Template(single, pair),
        ["decoder"] = new JsonObject { ["type"] = "WordPiece", ["prefix"] = "##", ["cleanup"] = true },
    };

    private JsonObject ByteLevelParts(JsonObject postProcessor) => new()
    {
        ["pre_tokenizer"] = ByteLevel(AddPrefixSpace, trimOffsets: true),
        ["post_processor"] = postProcessor,
        ["decoder"] = ByteLevel(addPrefixSpace: true, trimOffsets: true),
    };

    private JsonObject QwenParts()
    {
        JsonObject parts = ByteLevelParts(ByteLevel(addPrefixSpace: true, trimOffsets: false));
        JsonObject bytes = ByteLevel(AddPrefixSpace, trimOffsets: true);
        bytes["use_regex"] = false;
        parts["normalizer"] = new JsonObject { ["type"] = "NFC" };
        parts["pre_tokenizer"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["pretokenizers"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "Split",
                    ["pattern"] = new JsonObject { ["Regex"] = QwenExpression },
                    ["behavior"] = "Isolated",
                    ["invert"] = false,
                },
                bytes),
        };
        return parts;
    }

    private static JsonObject ByteLevel(bool addPrefixSpace, bool trimOffsets) => new()
    {
        ["type"] = "ByteLevel", ["add_prefix_space"] = addPrefixSpace, ["trim_offsets"] = trimOffsets, ["use_regex"] = true,
    };

    private JsonObject Template(JsonObject[] single, JsonObject[] pair)
    {
        JsonObject tokens = [];
        foreach (string role in (string[])["cls_token", "sep_token", "bos_token"])
        {
            if (config.Role(role) is not null && pair.Any(piece => (string?)piece["SpecialToken"]?["id"] == config.Role(role)!.Content))
            {
                AddedToken token = Token(role);
                tokens[token.Content] = new JsonObject
                {
                    ["id"] = token.Content, ["ids"] = new JsonArray(token.Id), ["tokens"] = new JsonArray(token.Content),
                };
            }
        }

        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray([.. single]),
            ["pair"] = new JsonArray([.. pair]),
            ["special_tokens"] = tokens,
        };
    }

    private JsonObject Start(int typeId = 0) => Special("cls_token", typeId);

    private JsonObject[] Rest(int sequence) => [Text(sequence), Special("sep_token", sequence)];

    private static JsonObject Text(int sequence) => new()
    {
        ["Sequence"] = new JsonObject { ["id"] = sequence == 0 ? "A" : "B", ["type_id"] = sequence },
    };

    private JsonObject Special(string role, int typeId) => new()
    {
        ["SpecialToken"] = new JsonObject { ["id"] = Token(role).Content, ["type_id"] = typeId },
    };

    private JsonArray Pair(string role) => new(Token(role).Content, Token(role).Id);
}
