using System.Text.Json.Nodes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Loading;

public sealed class MaxTokensReaderTests
{
    // Published files mean "no limit" by this number.
    private const string Sentinel = "1000000000000000019884624838656";

    [Theory]
    [InlineData("100", "200", 512, "bert", 50, 100)]
    [InlineData(null, "200", 512, "bert", 50, 200)]
    [InlineData(null, null, 512, "bert", 50, 512)]
    [InlineData(null, null, null, "bert", 50, 50)]
    [InlineData("null", "200", 512, "bert", 50, 200)]
    [InlineData(Sentinel, "200", 512, "bert", 50, 200)]
    [InlineData(null, Sentinel, 512, "bert", 50, 512)]
    [InlineData(null, "1e30", 512, "bert", 50, 512)]
    [InlineData(null, Sentinel, null, "bert", 50, 50)]
    [InlineData("1024", null, 512, "bert", 50, 512)]
    [InlineData(null, "1024", 512, "bert", 50, 512)]
    [InlineData(null, null, 414, "roberta", 50, 412)]
    [InlineData(null, "414", 414, "xlm-roberta", 50, 412)]
    [InlineData(null, null, 414, "mpnet", 50, 412)]
    [InlineData(null, null, 414, "bert", 50, 414)]
    [InlineData(null, "200", -1, "xlnet", 50, 200)]
    public void Read_FirstThatIsGiven_WinsWithinThePositions(string? sentenceBert, string? tokenizerConfig, int? positions, string modelType, int truncation, int expected)
    {
        using TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        // Its prompt would take its share of what the counter says.
        File.Delete(model.File("config_sentence_transformers.json"));
        Write(model, "sentence_bert_config.json", "max_seq_length", sentenceBert);
        Write(model, "tokenizer_config.json", "model_max_length", tokenizerConfig);
        model.Edit("config.json", json =>
        {
            json["max_position_embeddings"] = positions;
            json["model_type"] = modelType;
            json["pad_token_id"] = modelType == "bert" ? 0 : 1;
        });
        model.Edit("tokenizer.json", json => json["truncation"] = new JsonObject
        {
            ["direction"] = "Right", ["max_length"] = truncation, ["strategy"] = "LongestFirst", ["stride"] = 0,
        });

        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model.Path);

        Assert.Equal(expected - 2, ((ITokenCounter)generator.GetService(typeof(ITokenCounter))!).MaxTokens);
    }

    [Fact]
    public void Read_NoFileGivesALength_AsksForOne()
    {
        using TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        Write(model, "sentence_bert_config.json", "max_seq_length", null);
        model.Edit("config.json", json => json["max_position_embeddings"] = null);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains("Set MaxTokens", exception.Message, StringComparison.Ordinal);
        using OnnxEmbeddingGenerator given = OnnxEmbeddingGenerator.Load(model.Path, new() { MaxTokens = 64 });
    }

    [Fact]
    public void Read_PositionsByTheirOldName_AreTheLimit()
    {
        using TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        model.Edit("config.json", json => (json["model_type"], json["max_position_embeddings"], json["n_positions"]) = ("gpt2", null, 40));

        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => OnnxEmbeddingGenerator.Load(model.Path, new() { MaxTokens = 41 }));

        Assert.Contains("40 positions", exception.Message, StringComparison.Ordinal);
    }

    private static void Write(TemporaryModel model, string file, string field, string? value)
    {
        File.Delete(model.File(file));
        if (value is not null)
        {
            File.WriteAllText(model.File(file), $$"""{"{{field}}": {{value}}}""");
        }
    }
}
