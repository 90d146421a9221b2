using System.Text;
using System.Text.Json.Nodes;

namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>A tokenizer of each family, for what must hold for all of them.</summary>
internal static class TokenizerVariants
{
    public static TheoryData<string> Names => [.. All.Keys];

    public static Dictionary<string, Tokenizer> All { get; } = new()
    {
        ["cased"] = TestData.Tokenizer,
        ["lowercased"] = Variant(cleanText: true, stripAccents: "null", lowercase: true),
        ["accents kept"] = Variant(cleanText: true, stripAccents: "false", lowercase: true),
        ["not cleaned"] = Variant(cleanText: false, stripAccents: "true", lowercase: false),
        ["byte-level, spaces added"] = TestData.Load("synth-mpnet-bpe"),
        ["byte-level, split"] = TestData.Load("synth-llama3"),
        ["byte-level, composed"] = TestData.Load("synth-modernbert"),
        ["WordLevel"] = TestData.Load("synth-wordlevel"),
        ["Unigram"] = TestData.Load("synth-xlmr"),
        ["Unigram of words"] = TestData.Load("t5-small"),
        ["BPE without words"] = TestData.Load("phi-3"),
    };

    private static Tokenizer Variant(bool cleanText, string stripAccents, bool lowercase)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "tokenizer.json")))!;
        json["normalizer"]!["clean_text"] = cleanText;
        json["normalizer"]!["strip_accents"] = JsonNode.Parse(stripAccents);
        json["normalizer"]!["lowercase"] = lowercase;
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json.ToJsonString()));
        return Tokenizer.Load(stream);
    }
}
