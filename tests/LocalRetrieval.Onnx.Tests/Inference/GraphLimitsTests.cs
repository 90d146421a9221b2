using System.Text.Json.Nodes;
using LocalRetrieval.Onnx.Graphs;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Inference;

/// <summary>What the files beside a graph say is held against the graph when it is loaded, not when a text happens to need it.</summary>
public sealed class GraphLimitsTests
{
    private const string BiEncoder = "bert-cls-prompt";
    private const string CrossEncoder = "reranker-bert-identity";

    [Fact]
    public void Load_TokenBeyondTheGraphsRows_IsRefused()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("config.json", json => json["vocab_size"] = 4000);
        AddToken(model);

        string message = Refusal(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains($"{model.File("onnx/model.onnx")} cannot read the token id 3000", message, StringComparison.Ordinal);
        Assert.Contains("from one model", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TypeBeyondTheGraphsRows_IsRefused()
    {
        using TemporaryModel model = TestModels.Copy(CrossEncoder);
        model.Edit("config.json", json => json["type_vocab_size"] = 3);
        model.Edit("tokenizer.json", json => json["post_processor"] = JsonNode.Parse(
            """
            {
              "type": "TemplateProcessing", "single": [{ "Sequence": { "id": "A", "type_id": 0 } }],
              "pair": [{ "Sequence": { "id": "A", "type_id": 0 } }, { "Sequence": { "id": "B", "type_id": 2 } }], "special_tokens": {}
            }
            """));

        string message = Refusal(() => OnnxTextReranker.Load(model.Path));

        Assert.Contains($"{model.File("onnx/model.onnx")} cannot read the type id 2", message, StringComparison.Ordinal);
        Assert.Contains("type_vocab_size", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MoreTokensThanTheGraphsPositions_IsRefused()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("config.json", json => json["max_position_embeddings"] = 1024);
        model.Edit("sentence_bert_config.json", json => json["max_seq_length"] = 513);

        string message = Refusal(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains($"{model.File("onnx/model.onnx")} has vectors for 512 positions, but", message, StringComparison.Ordinal);
        Assert.Contains("Set MaxTokens to 512 or less", message, StringComparison.Ordinal);
        OnnxEmbeddingGenerator.Load(model.Path, new() { MaxTokens = 512 }).Dispose();
    }

    [SharedFact]
    public void Load_MoreTokensThanTheGraphsPositionsAfterTheFirst_IsRefused()
    {
        using TemporaryModel model = new(SharedData.Path("models-tiny", "roberta-two-outputs"));
        model.Edit("config.json", json => json["max_position_embeddings"] = 1026);

        string message = Refusal(() => OnnxEmbeddingGenerator.Load(model.Path, new() { MaxTokens = 513 }));

        Assert.Contains("has vectors for 514 positions, of which a text's first token has that of number 2, but", message, StringComparison.Ordinal);
        Assert.Contains("Set MaxTokens to 512 or less", message, StringComparison.Ordinal);
        OnnxEmbeddingGenerator.Load(model.Path, new() { MaxTokens = 512 }).Dispose();
    }

    [Fact]
    public void Load_LateInteractionWithLongerQueriesThanPositions_IsRefused()
    {
        using TemporaryModel model = TestModels.Copy("colbert");
        model.Edit("config.json", json => json["max_position_embeddings"] = 1024);
        model.Edit("config_sentence_transformers.json", json => json["query_length"] = 600);

        Assert.Contains("let a text have 600 tokens", Refusal(() => OnnxMultiVectorEmbeddingGenerator.Load(model.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void PositionRows_TinyModel_AreThoseOfItsConfig() => Assert.Equal(512, PositionRows.Find(Path.Combine(TestModels.Tiny(BiEncoder), "onnx", "model.onnx")));

    [SharedTheory]
    [InlineData("roberta-two-outputs", 514)]
    [InlineData("external-data", 512)]
    [InlineData("decoder-last-token", 512)]
    public void PositionRows_OtherFamilies_AreTheirTables(string name, int rows) =>
        Assert.Equal(rows, PositionRows.Find(Path.Combine(SharedData.Path("models-tiny", name), "onnx", "model.onnx")));

    [Fact]
    public void PositionRows_NoGraph_AreUnknown() => Assert.Null(PositionRows.Find(Path.Combine(TestModels.Tiny(BiEncoder), "config.json")));

    [Fact]
    public void PositionRows_EmbeddedModels_AreThoseOfTheirConfigs()
    {
        Assert.Equal(512, PositionRows.Find(Checkout.Path("models", "bi-encoder", "onnx", "model.onnx")));
        Assert.Equal(512, PositionRows.Find(Checkout.Path("models", "cross-encoder", "onnx", "model.onnx")));
    }

    private static void AddToken(TemporaryModel model) => model.Edit("tokenizer.json", json => json["added_tokens"]!.AsArray().Add(new JsonObject
    {
        ["id"] = 3000, ["content"] = "[ADDED]", ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = true,
    }));

    private static string Refusal(Func<IDisposable> load) => ErrorMessages.AssertReadable(Assert.Throws<InvalidDataException>(() => load()));
}
