using LocalRetrieval.Testing;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Static.Tests;

public sealed class StaticEmbeddingGeneratorTests : IDisposable
{
    private readonly StaticEmbeddingGenerator _generator = StaticEmbeddingGenerator.Load(LocalModels.Static.Locate());

    private static string Long => string.Join(' ', Enumerable.Repeat("word", 1000));

    [Fact]
    public async Task GenerateAsync_NoTexts_GivesAnEmptyResult()
    {
        GeneratedEmbeddings<Embedding<float>> result = await _generator.GenerateAsync([]);

        Assert.Empty(result);
        Assert.Equal(0, result.Usage!.InputTokenCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public async Task GenerateAsync_ManyTexts_GivesTheSameBitsAloneAndTogetherInOrder(int? threads)
    {
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(LocalModels.Static.Locate(), new StaticEmbeddingGeneratorOptions { Threads = threads });
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => string.Join(' ', Enumerable.Repeat($"topic {i}", 1 + (i * 37 % 50))))];

        GeneratedEmbeddings<Embedding<float>> together = await generator.GenerateAsync(texts);
        float[][] concurrent = await Task.WhenAll(texts.Select(async text => (await _generator.GenerateVectorAsync(text)).ToArray()));

        Assert.Equal(concurrent, together.Select(embedding => embedding.Vector.ToArray()));
    }

    [Fact]
    public async Task GenerateAsync_Input_IsEnumeratedOnce()
    {
        int enumerations = 0;
        IEnumerable<string> Texts()
        {
            enumerations++;
            yield return "one";
            yield return "two";
        }

        Assert.Equal(2, (await _generator.GenerateAsync(Texts())).Count);
        Assert.Equal(1, enumerations);
    }

    [Fact]
    public async Task GenerateAsync_Result_CarriesModelUsageAndUnitVectors()
    {
        GeneratedEmbeddings<Embedding<float>> result = await _generator.GenerateAsync(["a b c", "d"]);

        Assert.Equal(3 + 1, result.Usage!.InputTokenCount);
        Assert.Equal(result.Usage.InputTokenCount, result.Usage.TotalTokenCount);
        Assert.Null(result.AdditionalProperties);
        Assert.All(result, embedding =>
        {
            Assert.Equal("static", embedding.ModelId);
            Assert.NotNull(embedding.CreatedAt);
            Assert.Null(embedding.AdditionalProperties);
            Assert.Equal(1, Norm(embedding.Vector.Span), 1e-5);
        });
    }

    [Fact]
    public async Task GenerateAsync_TextBeyondTheLimit_IsCutAndCounted()
    {
        GeneratedEmbeddings<Embedding<float>> result = await _generator.GenerateAsync(["short", Long]);

        Assert.Equal(1 + 512, result.Usage!.InputTokenCount);
        Assert.Null(result[0].AdditionalProperties);
        Assert.Equal(1000L - 512, result[1].AdditionalProperties![EmbeddingPropertyNames.DroppedTokens]);
        Assert.Equal(1L, result.AdditionalProperties![EmbeddingPropertyNames.TruncatedTexts]);
        Assert.Equal(1000L - 512, result.AdditionalProperties![EmbeddingPropertyNames.DroppedTokens]);
    }

    [Fact]
    public async Task GenerateAsync_SentenceTransformersModel_ReadsTheWholeText()
    {
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(TestModels.Tiny("static-sentence-transformers"));

        GeneratedEmbeddings<Embedding<float>> result = await generator.GenerateAsync([Long]);

        Assert.Null(result.AdditionalProperties);
        Assert.True(result.Usage!.InputTokenCount >= 1000);
        Assert.Null(generator.GetRequiredService<ITokenCounter>().MaxTokens);
    }

    [Fact]
    public async Task GenerateAsync_TextsBeyondTheLimit_AreLoggedOnce()
    {
        RecordingLoggerFactory log = new();
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(LocalModels.Static.Locate(), new StaticEmbeddingGeneratorOptions { MaxTokens = 9, ModelId = "mine" }, log);

        await generator.GenerateAsync(["fits"]);
        Assert.Empty(log.Messages);
        await generator.GenerateAsync([Long, "fits"]);
        await generator.GenerateAsync([Long]);

        string message = Assert.Single(log.Messages);
        Assert.Contains("1 of 2 inputs were longer than the 9 tokens that mine reads", message, StringComparison.Ordinal);
        Assert.DoesNotContain("word", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_NullText_IsRefusedByIndex()
    {
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => _generator.GenerateAsync(["fine", null!]));

        Assert.Contains("index 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_LoneSurrogate_IsRefusedByIndexAndOffset()
    {
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => _generator.GenerateAsync(["fine", "fine", "bad \ud83d end"]));

        Assert.Contains("index 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("offset 4", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_LoneSurrogateReplaced_ReadsTheReplacementCharacter()
    {
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(LocalModels.Static.Locate(), new StaticEmbeddingGeneratorOptions { LoneSurrogates = LoneSurrogateHandling.Replace });

        Assert.Equal((await generator.GenerateVectorAsync("bad \ufffd end")).ToArray(), (await generator.GenerateVectorAsync("bad \ud83d end")).ToArray());
    }

    [Fact]
    public async Task GenerateAsync_FewerDimensions_CutsAndNormalisesAgain()
    {
        float[] whole = (await _generator.GenerateVectorAsync("a text")).ToArray();

        float[] cut = (await _generator.GenerateVectorAsync("a text", new() { Dimensions = 128 })).ToArray();

        double norm = Norm(whole.AsSpan(0, 128));
        Assert.Equal(128, cut.Length);
        Assert.All(cut.Zip(whole), pair => Assert.Equal(pair.Second / norm, pair.First, 1e-6));
    }

    [Fact]
    public async Task GenerateAsync_DimensionsBeyondTheModels_AreRefused()
    {
        ArgumentOutOfRangeException exception = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _generator.GenerateAsync(["a"], new() { Dimensions = 257 }));

        Assert.Contains("256", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("query", "find: ")]
    [InlineData("document", "read: ")]
    [InlineData("topic", "about ")]
    public async Task GenerateAsync_Role_PutsTheModelsPromptBeforeTheText(string? role, string prompt)
    {
        using TemporaryModel model = TestModels.Copy("static-sentence-transformers");
        model.Edit("config_sentence_transformers.json", json => json["prompts"] = new System.Text.Json.Nodes.JsonObject { ["query"] = "find: ", ["passage"] = "read: ", ["topic"] = "about " });
        using StaticEmbeddingGenerator generator = model.Load();
        using StaticEmbeddingGenerator plain = StaticEmbeddingGenerator.Load(TestModels.Tiny("static-sentence-transformers"));

        ReadOnlyMemory<float> vector = await generator.GenerateVectorAsync("cats", Options(role));

        Assert.Equal((await plain.GenerateVectorAsync(prompt + "cats")).ToArray(), vector.ToArray());
    }

    [Fact]
    public async Task GenerateAsync_DefaultPrompt_IsPutBeforeTextsWithoutARole()
    {
        using TemporaryModel model = TestModels.Copy("static-sentence-transformers");
        model.Edit("config_sentence_transformers.json", json =>
        {
            json["prompts"] = new System.Text.Json.Nodes.JsonObject { ["topic"] = "about " };
            json["default_prompt_name"] = "topic";
        });
        using StaticEmbeddingGenerator generator = model.Load();
        using StaticEmbeddingGenerator plain = StaticEmbeddingGenerator.Load(TestModels.Tiny("static-sentence-transformers"));

        Assert.Equal((await plain.GenerateVectorAsync("about cats")).ToArray(), (await generator.GenerateVectorAsync("cats")).ToArray());
        model.Edit("config_sentence_transformers.json", json => json["default_prompt_name"] = "absent");
        Assert.Contains("absent", Assert.Throws<InvalidDataException>(() => model.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_UnknownRole_IsRefused()
    {
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => _generator.GenerateAsync(["a"], Options("question")));

        Assert.Contains("'question'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PromptLongerThanTheLimit_IsRefused()
    {
        using TemporaryModel model = TestModels.Copy("static-sentence-transformers");
        model.Edit("config_sentence_transformers.json", json => json["prompts"]!["query"] = Long);

        Assert.Contains("no room", Assert.Throws<InvalidDataException>(() => model.Load(new StaticEmbeddingGeneratorOptions { MaxTokens = 20 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_VectorsThatAreNotFinite_AreRefusedByIndex()
    {
        using TemporaryModel model = TestModels.Copy("static-model2vec");
        byte[] weights = File.ReadAllBytes(model.File("model.safetensors"));
        weights.AsSpan(weights.Length - (3000 * 32 * 4)).Fill(0xFF);
        model.Write("model.safetensors", weights);
        using StaticEmbeddingGenerator generator = model.Load();

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateAsync(["", "cats"]));

        Assert.Contains("index 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetService_Known_GivesMetadataCounterAndItself()
    {
        EmbeddingGeneratorMetadata metadata = _generator.GetRequiredService<EmbeddingGeneratorMetadata>();

        Assert.Equal(("localretrieval.static", "static", 256), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Equal(512, _generator.GetRequiredService<ITokenCounter>().MaxTokens);
        Assert.Equal(2, _generator.GetRequiredService<ITokenCounter>().CountTokens("the cats"));
        Assert.Equal(4, _generator.GetRequiredService<ITokenCounter>().IndexOfTokenLimit("the cats", 1, out int count));
        Assert.Equal(1, count);
        Assert.Same(_generator, _generator.GetService(typeof(IEmbeddingGenerator)));
        Assert.Null(_generator.GetService(typeof(string)));
        Assert.Null(_generator.GetService(typeof(ITokenCounter), "key"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    public async Task GenerateAsync_Cancelled_Ends(int count) =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _generator.GenerateAsync(Enumerable.Repeat("a", count), cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public async Task GenerateAsync_CancelledUnderWay_Ends()
    {
        using CancellationTokenSource cancellation = new();
        Task<GeneratedEmbeddings<Embedding<float>>> work = _generator.GenerateAsync(Enumerable.Repeat(Long, 10_000), cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    [Fact]
    public async Task Dispose_AmongCalls_FinishesOrRefusesEach()
    {
        Task<GeneratedEmbeddings<Embedding<float>>> work = _generator.GenerateAsync(Enumerable.Repeat(Long, 500));
        _generator.Dispose();
        _generator.Dispose();

        Exception? exception = await Record.ExceptionAsync(() => work);
        Assert.True(exception is null or ObjectDisposedException { ObjectName: "LocalRetrieval.Static.StaticEmbeddingGenerator" }, exception?.ToString());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _generator.GenerateAsync(["a"]));
    }

    [Fact]
    public async Task LoadAsync_Folder_Loads()
    {
        using StaticEmbeddingGenerator generator = await StaticEmbeddingGenerator.LoadAsync(TestModels.Tiny("static-model2vec"));

        Assert.Equal(32, (await generator.GenerateVectorAsync("a")).Length);
    }

    [Fact]
    public void Options_BadValues_AreRefusedWhenSet()
    {
        StaticEmbeddingGeneratorOptions options = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxTokens = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Threads = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.LoneSurrogates = (LoneSurrogateHandling)9);
    }

    public void Dispose() => _generator.Dispose();

    private static EmbeddingGenerationOptions? Options(string? role) =>
        role is null ? null : new EmbeddingGenerationOptions { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = role } };

    private static double Norm(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        foreach (float value in vector)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }
}
