using System.Text.Json;
using System.Text.Json.Nodes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Embeddings;

public sealed class MatryoshkaDimensionsTests : IDisposable
{
    private readonly RecordingLoggerFactory _log = new();

    [Fact]
    public async Task Dimensions_SizeThatConfigNames_IsNotLogged()
    {
        using TemporaryModel model = Trained(16, 8);
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model.Path, loggerFactory: _log);

        Assert.Equal(16, await Embed(generator, 16));
        Assert.Equal(8, await Embed(generator, 8));
        Assert.Equal(32, await Embed(generator, 32));
        Assert.Equal(32, await Embed(generator, null));
        Assert.Empty(_log.Messages);
    }

    [Fact]
    public async Task Dimensions_AnotherSize_IsLoggedOnce()
    {
        using TemporaryModel model = Trained(16, 8);
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model.Path, new() { ModelId = "model" }, _log);

        Assert.Equal(12, await Embed(generator, 12));
        Assert.Equal(11, await Embed(generator, 11));

        string message = Assert.Single(_log.Messages);
        Assert.Contains("12 dimensions are asked of model, but it is trained for 16, 8", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dimensions_NoSizesKnown_IsLoggedOnce()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"), loggerFactory: _log);

        Assert.Equal(16, await Embed(generator, 16));

        Assert.Contains("nothing says which it is trained for", Assert.Single(_log.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dimensions_SizesOfTheOptions_TakeThePlaceOfConfigs()
    {
        using TemporaryModel model = Trained(16);
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model.Path, new() { MatryoshkaDimensions = [4] }, _log);

        Assert.Equal(4, await Embed(generator, 4));
        Assert.Empty(_log.Messages);
        Assert.Equal(16, await Embed(generator, 16));
        Assert.Single(_log.Messages);
    }

    [Theory]
    [InlineData(33)]
    [InlineData(64)]
    public async Task Dimensions_MoreThanTheModels_AreRefused(int dimensions)
    {
        using TemporaryModel model = Trained(16, 64);
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model.Path);

        ArgumentOutOfRangeException exception = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Embed(generator, dimensions));

        Assert.Contains("Ask for 1 to 32", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OptionBeyondTheModels_IsRefused() =>
        Assert.Contains(
            "goes up to 64, but the model 'bert-cls-prompt' gives vectors of 32",
            Assert.Throws<ArgumentOutOfRangeException>(() => OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"), new() { MatryoshkaDimensions = [16, 64] })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("16")]
    [InlineData("[16, 0]")]
    [InlineData("[16, 8.5]")]
    [InlineData("[\"16\"]")]
    public void Load_ConfigThatNamesNoSizes_IsRefusedByField(string value)
    {
        using TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        model.Edit("config.json", config => config["matryoshka_dimensions"] = JsonNode.Parse(value));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains("matryoshka_dimensions", exception.Message, StringComparison.Ordinal);
        Assert.Contains("config.json", exception.Message, StringComparison.Ordinal);
    }

    [SharedFact]
    public async Task Dimensions_ModelTrainedForThem_EqualsTorch()
    {
        string folder = SharedData.Path("models-tiny", "matryoshka-16");
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(folder, new() { MatryoshkaDimensions = [16] }, _log);

        foreach (JsonElement golden in TestModels.ReadJson(Path.Combine(folder, "expected.json")).Cases())
        {
            float[] expected = golden.GetProperty("embedding").Floats();
            float[] actual = (await generator.GenerateVectorAsync(golden.GetProperty("text").GetString()!, new() { Dimensions = 16 })).ToArray();

            Assert.Equal(expected, actual, (left, right) => Math.Abs(left - right) <= 1e-4);
        }

        Assert.DoesNotContain(_log.Messages, message => message.Contains("dimensions", StringComparison.Ordinal));
    }

    public void Dispose() => _log.Dispose();

    private static TemporaryModel Trained(params int[] sizes)
    {
        TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        model.Edit("config.json", config => config["matryoshka_dimensions"] = new JsonArray([.. sizes.Select(size => (JsonNode)size)]));
        return model;
    }

    private static async Task<int> Embed(OnnxEmbeddingGenerator generator, int? dimensions)
    {
        ReadOnlyMemory<float> vector = await generator.GenerateVectorAsync("some text", new() { Dimensions = dimensions });
        Assert.Equal(1, vector.ToArray().Sum(value => (double)value * value), 1e-5);
        return vector.Length;
    }
}
