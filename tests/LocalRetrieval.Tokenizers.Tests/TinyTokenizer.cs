using System.Text;
using System.Text.Json.Nodes;

namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>Writes a small tokenizer.json, which a test then changes, and loads it.</summary>
internal sealed class TinyTokenizer
{
    private static readonly string[] Pieces =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hello", "world", "un", "##want", "##ed", "a", "b", "##b", ",", ".", "i", "##\u0307",
        "中", "don", "'", "t", "do", "not",
    ];

    public JsonObject Json { get; } = JsonNode.Parse(
        """
        {
          "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
          "normalizer": {
            "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true
          },
          "pre_tokenizer": { "type": "BertPreTokenizer" },
          "post_processor": { "type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2] },
          "decoder": { "type": "WordPiece", "prefix": "##", "cleanup": true },
          "model": { "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100 }
        }
        """)!.AsObject();

    public TinyTokenizer()
    {
        JsonObject vocabulary = [];
        for (int id = 0; id < Pieces.Length; id++)
        {
            vocabulary[Pieces[id]] = id;
        }

        Json["model"]!["vocab"] = vocabulary;
        AddToken("[MASK]", special: true);
    }

    public TinyTokenizer AddToken(
        string content, bool special = false, bool normalized = false, bool singleWord = false, bool lstrip = false, bool rstrip = false)
    {
        Json["added_tokens"]!.AsArray().Add(new JsonObject
        {
            ["id"] = 0,
            ["content"] = content,
            ["single_word"] = singleWord,
            ["lstrip"] = lstrip,
            ["rstrip"] = rstrip,
            ["normalized"] = normalized,
            ["special"] = special,
        });
        return this;
    }

    /// <summary>Sets what stands at a path such as "model.vocab"; null removes it.</summary>
    public TinyTokenizer Set(string path, string? json)
    {
        string[] names = path.Split('.');
        JsonObject parent = Json;
        foreach (string name in names[..^1])
        {
            parent = parent[name]!.AsObject();
        }

        parent.Remove(names[^1]);
        if (json is not null)
        {
            parent[names[^1]] = JsonNode.Parse(json);
        }

        return this;
    }

    public Tokenizer Load(TokenizerOptions? options = null)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(Json.ToJsonString()));
        return Tokenizer.Load(stream, options);
    }
}
