using System.Text.Json;
using System.Text.Json.Nodes;
using LocalRetrieval.Tokenizers.Tests.Goldens;

namespace LocalRetrieval.Tokenizers.Tests.Folders;

/// <summary>
/// Tokenizers of the goldens, written as the older files that they were converted from: every case must be as it is with the
/// tokenizer.json that transformers' converter made of them.
/// </summary>
public sealed class OlderFilesGoldenTests
{
    [Theory]
    [InlineData("bert-base-uncased", """{ "do_lower_case": true, "tokenizer_class": "BertTokenizer" }""")]
    [InlineData("bert-base-uncased", null)]
    [InlineData("bert-base-multilingual-cased", """{ "do_lower_case": false, "model_max_length": 512 }""")]
    [InlineData("bert-base-chinese", """{ "do_lower_case": false, "tokenizer_class": "DistilBertTokenizerFast" }""")]
    [InlineData("bge-small-en", """{ "strip_accents": null, "tokenize_chinese_chars": true, "tokenizer_class": "BertTokenizer" }""")]
    [InlineData("all-MiniLM-L6-v2", """{ "do_basic_tokenize": true, "never_split": null, "tokenizer_class": "BertTokenizer" }""")]
    [InlineData("synth-cased", """{ "do_lower_case": false, "strip_accents": false, "tokenizer_class": "ElectraTokenizer" }""")]
    [InlineData("synth-mpnet", """{ "tokenizer_class": "MPNetTokenizer", "cls_token": "[CLS]", "bos_token": "[CLS]", "sep_token": "[SEP]", "eos_token": "[SEP]", "pad_token": "[PAD]", "mask_token": { "content": "[MASK]", "lstrip": false } }""")]
    public void Load_PieceVocabulary_EqualsReference(string name, string? config)
    {
        using TemporaryFolder folder = TemporaryFolder.Create().AddPieces(Read(name));
        if (config is not null)
        {
            folder.Add("tokenizer_config.json", config);
        }

        Assert.Equal(GoldenTests.CasesPerTokenizer, GoldenCheck.CheckAll(name, folder.Load()));
    }

    [Theory]
    [InlineData("roberta-base", """{ "tokenizer_class": "RobertaTokenizer" }""")]
    [InlineData("synth-mpnet-bpe", """{ "tokenizer_class": "RobertaTokenizerFast", "add_prefix_space": true, "mask_token": { "content": "<mask>", "lstrip": false, "normalized": false } }""")]
    public void Load_PairVocabulary_EqualsReference(string name, string config)
    {
        using TemporaryFolder folder = TemporaryFolder.Create().AddPairs(Read(name)).Add("tokenizer_config.json", config);

        Assert.Equal(GoldenTests.CasesPerTokenizer, GoldenCheck.CheckAll(name, folder.Load()));
    }

    [Fact]
    public void Load_PairVocabularyByModelType_EqualsReference()
    {
        using TemporaryFolder folder = TemporaryFolder.Create().AddPairs(Read("roberta-base")).Add("config.json", """{ "model_type": "roberta" }""");

        Assert.Equal(GoldenTests.CasesPerTokenizer, GoldenCheck.CheckAll("roberta-base", folder.Load()));
    }

    [Fact]
    public void Load_AddedTokensDecoder_EqualsReference()
    {
        JsonObject json = Read("phi-2");
        JsonObject entries = [];
        foreach (JsonNode? token in json["added_tokens"]!.AsArray())
        {
            JsonObject entry = token!.DeepClone().AsObject();
            entries[entry["id"]!.ToString()] = entry;
            entry.Remove("id");
        }

        JsonObject config = new() { ["tokenizer_class"] = "CodeGenTokenizer", ["added_tokens_decoder"] = entries };
        using TemporaryFolder folder = TemporaryFolder.Create().AddPairs(json).Add("tokenizer_config.json", config.ToJsonString());

        Assert.Equal(GoldenTests.CasesPerTokenizer, GoldenCheck.CheckAll("phi-2", folder.Load()));
    }

    [Fact]
    public void Load_AddedTokensFile_EqualsReference()
    {
        JsonObject json = Read("phi-2");
        JsonObject entries = [];
        foreach (JsonNode? token in json["added_tokens"]!.AsArray().Reverse().Where(token => !(bool)token!["special"]!))
        {
            entries[(string)token!["content"]!] = token["id"]!.DeepClone();
        }

        using TemporaryFolder folder = TemporaryFolder.Create().AddPairs(json)
            .Add("tokenizer_config.json", """{ "tokenizer_class": "CodeGenTokenizer" }""")
            .Add("added_tokens.json", JsonSerializer.Serialize(entries));

        Assert.Equal(GoldenTests.CasesPerTokenizer, GoldenCheck.CheckAll("phi-2", folder.Load()));
    }

    private static JsonObject Read(string name)
    {
        string gzipped = TestData.Path(name, "tokenizer.json.gz");
        using Stream content = File.Exists(gzipped) ? TestData.OpenGZipped(gzipped) : File.OpenRead(TestData.Path(name, "tokenizer.json"));
        return JsonNode.Parse(content)!.AsObject();
    }
}
