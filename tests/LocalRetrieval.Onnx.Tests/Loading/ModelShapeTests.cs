using System.Text.Json.Nodes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Loading;

/// <summary>Folders that say the same in other ways, and settings that change what is read.</summary>
public sealed class ModelShapeTests
{
    private const string Model = "bert-cls-prompt";
    private static readonly string[] Texts = ["A first text.", "", "another, longer text of more tokens"];

    [Theory]
    [InlineData("sentence_transformers.base.modules.transformer.Transformer", "sentence_transformers.sentence_transformer.modules.pooling.Pooling", "sentence_transformers.base.modules.normalize.Normalize")]
    [InlineData("sentence_transformers.models.transformer", "sentence_transformers.models.pooling", "sentence_transformers.models.normalize")]
    [InlineData("sentence_transformers.models.Transformer.Transformer", "sentence_transformers.models.Pooling.Pooling", "sentence_transformers.models.Normalize.Normalize")]
    public async Task Load_OtherGenerationsOfModuleNames_GiveTheSame(params string[] types)
    {
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("modules.json", json =>
        {
            for (int i = 0; i < types.Length; i++)
            {
                json[i]!["type"] = types[i];
            }
        });

        await AssertGivesTheSame(TestModels.Tiny(Model), model.Path);
    }

    [Theory]
    [InlineData("""{"embedding_dimension": 32, "pooling_mode": "cls"}""")]
    [InlineData("""{"embedding_dimension": 32, "pooling_mode": ["cls"], "include_prompt": true}""")]
    [InlineData("""{"word_embedding_dimension": 32, "pooling_mode_cls_token": true}""")]
    public async Task Load_OtherGenerationsOfPooling_GiveTheSame(string config)
    {
        using TemporaryModel model = TestModels.Copy(Model);
        File.WriteAllText(model.File("1_Pooling/config.json"), config);

        await AssertGivesTheSame(TestModels.Tiny(Model), model.Path);
    }

    [Fact]
    public async Task Load_VocabularyFileInsteadOfTokenizerJson_GivesTheSame()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        JsonNode tokenizer = JsonNode.Parse(File.ReadAllText(model.File("tokenizer.json")))!;
        File.WriteAllLines(model.File("vocab.txt"), tokenizer["model"]!["vocab"]!.AsObject().OrderBy(token => (int)token.Value!).Select(token => token.Key));
        bool lowercase = (bool)tokenizer["normalizer"]!["lowercase"]!;
        File.WriteAllText(model.File("tokenizer_config.json"), new JsonObject { ["tokenizer_class"] = "BertTokenizer", ["do_lower_case"] = lowercase }.ToJsonString());
        File.Delete(model.File("tokenizer.json"));

        await AssertGivesTheSame(TestModels.Tiny(Model), model.Path);
    }

    [Fact]
    public async Task Load_TokenizerConfigLowersCase_ReadsTextsInLowerCase()
    {
        using TemporaryModel cased = TestModels.Copy(Model);
        using TemporaryModel lowered = TestModels.Copy(Model);
        cased.Edit("tokenizer.json", json => json["normalizer"]!["lowercase"] = false);
        lowered.Edit("tokenizer.json", json => json["normalizer"]!["lowercase"] = false);
        File.WriteAllText(lowered.File("tokenizer_config.json"), """{"tokenizer_class": "BertTokenizer", "do_lower_case": true}""");

        Assert.NotEqual(await Vector(cased.Path, "a text"), await Vector(cased.Path, "A TEXT"));
        Assert.Equal(await Vector(cased.Path, "a text"), await Vector(lowered.Path, "A TEXT"));
    }

    [Fact]
    public async Task Load_TransformerInAFolderOfItsOwn_GivesTheSame()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("modules.json", json => json[0]!["path"] = "0_Transformer");
        Directory.CreateDirectory(model.File("0_Transformer"));
        foreach (string name in new[] { "config.json", "tokenizer.json", "sentence_bert_config.json" })
        {
            File.Move(model.File(name), model.File($"0_Transformer/{name}"));
        }

        Directory.Move(model.File("onnx"), model.File("0_Transformer/onnx"));

        await AssertGivesTheSame(TestModels.Tiny(Model), model.Path);
    }

    [Fact]
    public async Task Load_GraphAskedFor_IsUsed()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        File.Move(model.File("onnx/model.onnx"), model.File("onnx/model_quantized.onnx"));
        File.WriteAllText(model.File("onnx/model.onnx"), "not a model");

        await AssertGivesTheSame(TestModels.Tiny(Model), model.Path, options: new() { GraphFile = "model_quantized.onnx" });
    }

    [Fact]
    public async Task Load_LowerCase_LowersBeforeTheTokenizersOwnNormalizer()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("tokenizer.json", json => json["normalizer"] = null);
        using OnnxEmbeddingGenerator cased = OnnxEmbeddingGenerator.Load(model.Path);
        model.Edit("sentence_bert_config.json", json => json["do_lower_case"] = true);
        using OnnxEmbeddingGenerator lowered = OnnxEmbeddingGenerator.Load(model.Path);
        model.Edit("tokenizer.json", json => json["normalizer"] = new JsonObject { ["type"] = "NFC" });
        using OnnxEmbeddingGenerator both = OnnxEmbeddingGenerator.Load(model.Path);
        const string Text = "A Text In ÀÉ Capitals with [MASK]";
        const string Lower = "a text in àé capitals with [MASK]";

        float[] expected = await Embed(cased, Lower);

        Assert.NotEqual(expected, await Embed(cased, Text));
        Assert.Equal(expected, await Embed(lowered, Text));
        Assert.Equal(expected, await Embed(both, Text));
    }

    [Theory]
    [InlineData("query", "custom: ")]
    [InlineData("document", "passage: ")]
    [InlineData("special", "very special: ")]
    [InlineData(null, "very special: ")]
    public async Task GenerateAsync_PromptsByRoleNameAndDefault_ArePutBeforeTheText(string? inputType, string prompt)
    {
        using TemporaryModel model = TestModels.Copy(Model);
        File.WriteAllText(model.File("config_sentence_transformers.json"),
            """{"prompts": {"query": "custom: ", "passage": "passage: ", "special": "very special: "}, "default_prompt_name": "special"}""");
        using OnnxEmbeddingGenerator prompted = OnnxEmbeddingGenerator.Load(model.Path);
        File.Delete(model.File("config_sentence_transformers.json"));
        using OnnxEmbeddingGenerator bare = OnnxEmbeddingGenerator.Load(model.Path);

        Assert.Equal(await Embed(bare, prompt + "text"), await Embed(prompted, "text", inputType));
    }

    [Fact]
    public async Task GenerateAsync_PromptNotIncluded_ReadsItButPoolsWithoutIt()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("config_sentence_transformers.json", json => json["prompts"]!["query"] = "one two ");
        File.WriteAllText(model.File("1_Pooling/config.json"), """{"pooling_mode": "cls", "include_prompt": false}""");
        using OnnxEmbeddingGenerator first = OnnxEmbeddingGenerator.Load(model.Path);
        File.WriteAllText(model.File("1_Pooling/config.json"), """{"pooling_mode": "cls"}""");
        using OnnxEmbeddingGenerator included = OnnxEmbeddingGenerator.Load(model.Path);

        Assert.NotEqual(await Embed(included, "three", EmbeddingInputTypes.Query), await Embed(first, "three", EmbeddingInputTypes.Query));
        Assert.Equal(await Embed(included, "three"), await Embed(first, "three"));
        Assert.Equal(
            (await included.GenerateAsync(["three"], EmbeddingInputTypes.QueryOptions())).Usage!.InputTokenCount,
            (await first.GenerateAsync(["three"], EmbeddingInputTypes.QueryOptions())).Usage!.InputTokenCount);
    }

    [Fact]
    public async Task GenerateAsync_SavedTruncated_GivesTheFirstDimensionsAsTheyAre()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("config_sentence_transformers.json", json => json["truncate_dim"] = 8);
        using OnnxEmbeddingGenerator truncated = OnnxEmbeddingGenerator.Load(model.Path);
        using OnnxEmbeddingGenerator whole = OnnxEmbeddingGenerator.Load(TestModels.Tiny(Model));

        Assert.Equal((await Embed(whole, "text"))[..8], await Embed(truncated, "text"));
        Assert.Equal(8, truncated.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelDimensions);
    }

    [Fact]
    public async Task GenerateAsync_NormalizeByOption_OverridesTheModules()
    {
        using OnnxEmbeddingGenerator model = OnnxEmbeddingGenerator.Load(TestModels.Tiny(Model));
        using OnnxEmbeddingGenerator raw = OnnxEmbeddingGenerator.Load(TestModels.Tiny(Model), new() { Normalize = false });

        float[] vector = await Embed(raw, "text");

        double norm = Math.Sqrt(vector.Sum(value => (double)value * value));
        Assert.NotEqual(1, norm, 1e-2);
        AssertNumbers.Close(vector.Select(value => value / norm), (await Embed(model, "text")).Select(value => (double)value), 1e-6);
    }

    [SharedTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Load_ModulesThatCannotBeRead_UseTheGraphsOwnEmbedding(bool hasModules)
    {
        string source = SharedData.Path("models-tiny", "roberta-two-outputs");
        using TemporaryModel model = new(source);
        if (hasModules)
        {
            model.Edit("modules.json", json => json[1]!["type"] = "custom_code.Pooling");
        }
        else
        {
            File.Delete(model.File("modules.json"));
        }

        await AssertGivesTheSame(source, model.Path, 1e-5);
        RecordingLoggerFactory log = new();
        OnnxEmbeddingGenerator.Load(model.Path, loggerFactory: log).Dispose();
        Assert.Equal(hasModules ? 1 : 0, log.Messages.Count(message => message.Contains("the graph's own sentence_embedding", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RerankAsync_ModelWithoutTypeIds_ReadsZeros()
    {
        using TemporaryModel byTokenizer = TestModels.Copy("reranker-bert-identity");
        File.WriteAllText(byTokenizer.File("tokenizer_config.json"), """{"model_input_names": ["input_ids", "attention_mask"]}""");
        using TemporaryModel byConfig = TestModels.Copy("reranker-bert-identity");
        byConfig.Edit("config.json", json => json["type_vocab_size"] = 1);
        List<float> scores = [];
        foreach (string path in new[] { TestModels.Tiny("reranker-bert-identity"), byTokenizer.Path, byConfig.Path })
        {
            using OnnxTextReranker reranker = OnnxTextReranker.Load(path);
            scores.Add((await reranker.RerankAsync("a query", ["a document"]))[0].Score);
        }

        Assert.NotEqual(scores[0], scores[1]);
        Assert.Equal(scores[1], scores[2]);
    }

    [SharedFact]
    public async Task Load_EndOfSequenceAskedFor_IsAppended()
    {
        using TemporaryModel model = new(SharedData.Path("models-tiny", "decoder-last-token"));
        using OnnxEmbeddingGenerator plain = OnnxEmbeddingGenerator.Load(model.Path);
        File.WriteAllText(model.File("tokenizer_config.json"), """{"add_eos_token": true, "eos_token": {"content": "<|end_of_text|>"}}""");
        using OnnxEmbeddingGenerator appended = OnnxEmbeddingGenerator.Load(model.Path, new() { MaxTokens = 64 });
        string longText = string.Join(' ', Enumerable.Repeat("a", 90));

        GeneratedEmbeddings<Embedding<float>> result = await appended.GenerateAsync([longText, "text"]);

        Assert.Equal(await Embed(plain, "text<|end_of_text|>"), result[1].Vector.ToArray());
        Assert.Equal(64 + (await plain.GenerateAsync(["text"])).Usage!.InputTokenCount + 1, result.Usage!.InputTokenCount);
    }

    [SharedTheory]
    [InlineData("roberta-two-outputs")]
    [InlineData("xlmr-query-passage")]
    public async Task Load_PositionsWithAnOffset_EndTwoBeforeTheirTable(string name)
    {
        string path = SharedData.Path("models-tiny", name);
        using OnnxEmbeddingGenerator longest = OnnxEmbeddingGenerator.Load(path, new() { MaxTokens = 512 });

        GeneratedEmbeddings<Embedding<float>> result = await longest.GenerateAsync([string.Join(' ', Enumerable.Repeat("long", 3000))]);

        Assert.Equal(512, result.Usage!.InputTokenCount);
        Assert.Contains("512 positions", Assert.Throws<ArgumentOutOfRangeException>(() => OnnxEmbeddingGenerator.Load(path, new() { MaxTokens = 513 })).Message, StringComparison.Ordinal);
    }

    [SharedFact]
    public async Task RerankAsync_PositionsWithAnOffset_EndTwoBeforeTheirTable()
    {
        string path = SharedData.Path("models-tiny", "reranker-xlmr");
        using OnnxTextReranker reranker = OnnxTextReranker.Load(path);

        RerankingResult result = await reranker.RerankAsync("query", [string.Join(' ', Enumerable.Repeat("long", 3000))]);

        Assert.Equal(512, result.Usage!.InputTokenCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxTextReranker.Load(path, new() { MaxTokens = 513 }));
    }

    [Fact]
    public async Task GenerateAsync_WeightsThatAreNotNumbers_NameTheText()
    {
        using TemporaryModel model = TestModels.Copy("dense-tanh");
        SafetensorsWriter.Write(model.File("2_Dense/model.safetensors"),
            ("linear.weight", "F32", [16, 32], [.. Enumerable.Repeat(0.1f, 512)]), ("linear.bias", "F32", [16], [.. Enumerable.Repeat(float.NaN, 16)]));
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model.Path, new() { BatchTokenBudget = 1 });

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateAsync(["a", "the longest text runs first", "b"]));

        Assert.Contains("text at index 1", exception.Message, StringComparison.Ordinal);
    }

    private static async Task AssertGivesTheSame(string expected, string actual, double tolerance = 0, OnnxEmbeddingGeneratorOptions? options = null)
    {
        using OnnxEmbeddingGenerator first = OnnxEmbeddingGenerator.Load(expected);
        using OnnxEmbeddingGenerator second = OnnxEmbeddingGenerator.Load(actual, options);
        foreach (string text in Texts)
        {
            float[] vector = await Embed(second, text);
            AssertNumbers.Close(await Embed(first, text), vector, tolerance);
            Assert.Equal(first.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelDimensions, vector.Length);
        }
    }

    private static async Task<float[]> Embed(OnnxEmbeddingGenerator generator, string text, string? inputType = null) =>
        (await generator.GenerateAsync([text], inputType is null ? null : new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = inputType } }))[0].Vector.ToArray();

    private static async Task<float[]> Vector(string path, string text)
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(path);
        return await Embed(generator, text);
    }
}
