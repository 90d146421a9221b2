using System.Text.Json.Nodes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Sparse;

public sealed class OnnxSparseEmbeddingGeneratorTests
{
    private const string Model = "splade-mlm";

    [Theory]
    [InlineData("pooling_strategy", "'median'", "median")]
    [InlineData("activation_function", "'gelu'", "gelu")]
    [InlineData("word_embedding_dimension", "30522", "30522")]
    public void Load_PoolingThatIsNotSupported_IsRefusedByName(string field, string value, string expected)
    {
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("1_SpladePooling/config.json", json => json[field] = JsonNode.Parse(value.Replace('\'', '"')));

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => OnnxSparseEmbeddingGenerator.Load(model.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sentence_transformers.models.Router")]
    [InlineData("sentence_transformers.sparse_encoder.models.SparseAutoEncoder")]
    public void Load_ModuleThatIsNotSupported_IsRefusedByName(string type)
    {
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("modules.json", json => json[1]!["type"] = type);

        Assert.Contains(type, Assert.Throws<InvalidDataException>(() => OnnxSparseEmbeddingGenerator.Load(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BiEncoder_SaysThatLogitsAreMissing()
    {
        using TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        File.Delete(model.File("modules.json"));

        Assert.Contains("logits [batch, tokens, vocabulary]", Assert.Throws<InvalidDataException>(() => OnnxSparseEmbeddingGenerator.Load(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_NewModuleNamesOrNoModules_GiveTheSame()
    {
        using OnnxSparseEmbeddingGenerator first = OnnxSparseEmbeddingGenerator.Load(TestModels.Tiny(Model));
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("modules.json", json =>
        {
            json[0]!["type"] = "sentence_transformers.base.modules.transformer.Transformer";
            json[1]!["type"] = "sentence_transformers.sparse_encoder.modules.splade_pooling.SpladePooling";
        });
        model.Edit("sentence_bert_config.json", json => json["transformer_task"] = "fill-mask");
        using OnnxSparseEmbeddingGenerator renamed = OnnxSparseEmbeddingGenerator.Load(model.Path);
        File.Delete(model.File("modules.json"));
        using OnnxSparseEmbeddingGenerator bare = OnnxSparseEmbeddingGenerator.Load(model.Path);

        float[] expected = (await first.GenerateAsync(["a text"]))[0].Weights.ToArray();

        Assert.Equal(expected, (await renamed.GenerateAsync(["a text"]))[0].Weights.ToArray());
        Assert.Equal(expected, (await bare.GenerateAsync(["a text"]))[0].Weights.ToArray());
    }

    [Fact]
    public async Task GenerateAsync_ManyTexts_GiveWhatEachGivesAlone()
    {
        using OnnxSparseEmbeddingGenerator generator = OnnxSparseEmbeddingGenerator.Load(TestModels.Tiny(Model));
        string[] texts = [.. Enumerable.Range(1, 24).Select(i => string.Join(' ', Enumerable.Repeat($"word{i}", i)))];

        GeneratedEmbeddings<SparseEmbedding> together = await generator.GenerateAsync(texts);

        for (int i = 0; i < texts.Length; i++)
        {
            SparseEmbedding alone = (await generator.GenerateAsync([texts[i]]))[0];
            Assert.Equal(alone.Indices.ToArray(), together[i].Indices.ToArray());
            AssertNumbers.Close(alone.Weights.ToArray(), together[i].Weights.ToArray(), 1e-5);
        }
    }

    [Fact]
    public async Task GenerateAsync_Result_CarriesModelUsageAndWhatWasCut()
    {
        using OnnxSparseEmbeddingGenerator generator = OnnxSparseEmbeddingGenerator.Load(TestModels.Tiny(Model), new() { MaxTokens = 8, MaxActiveDimensions = 5 });

        GeneratedEmbeddings<SparseEmbedding> result = await generator.GenerateAsync(["a b c d e f g h", "a"]);

        Assert.Equal(8 + 3, result.Usage!.InputTokenCount);
        Assert.Equal(2L, result[0].AdditionalProperties![EmbeddingPropertyNames.DroppedTokens]);
        Assert.Equal(1L, result.AdditionalProperties![EmbeddingPropertyNames.TruncatedTexts]);
        Assert.All(result, embedding => Assert.Equal(5, embedding.Indices.Length));
        Assert.All(result, embedding => Assert.Equal(Model, embedding.ModelId));
        Assert.Equal(3000, generator.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelDimensions);
        Assert.Equal(6, generator.GetRequiredService<ITokenCounter>().MaxTokens);
        Assert.Empty(await generator.GenerateAsync([]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => generator.GenerateAsync(["a"], new() { Dimensions = 16 }));
    }

    [Fact]
    public async Task Dispose_Twice_RefusesFurtherUse()
    {
        OnnxSparseEmbeddingGenerator generator = await OnnxSparseEmbeddingGenerator.LoadAsync(TestModels.Tiny(Model));
        generator.Dispose();
        generator.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["a"]));
    }
}
