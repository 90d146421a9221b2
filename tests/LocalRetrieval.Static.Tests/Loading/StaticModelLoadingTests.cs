using System.Text.Json.Nodes;
using LocalRetrieval.Encoders.Safetensors;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Static.Tests.Loading;

public sealed class StaticModelLoadingTests
{
    private const string Model2Vec = "static-model2vec";
    private const string SentenceTransformers = "static-sentence-transformers";
    private const int Tokens = 3000;

    // The first releases wrote this much.
    [Fact]
    public async Task Load_ConfigWithoutModelType_IsKnownByItsTensor()
    {
        using TemporaryModel model = TestModels.Copy(Model2Vec);
        model.Edit("config.json", json => json.AsObject().Remove("model_type"));

        await AssertGivesWhat(Model2Vec, model);
    }

    // model2vec writes modules.json for sentence-transformers, which reads the model without what config.json says.
    [Fact]
    public async Task Load_Model2VecWithModules_IsReadAsModel2Vec()
    {
        using TemporaryModel model = TestModels.Copy("static-model2vec-fp16-weighted");
        File.WriteAllText(model.File("modules.json"), """[{"idx": 0, "name": "0", "path": ".", "type": "sentence_transformers.models.StaticEmbedding"}]""");

        await AssertGivesWhat("static-model2vec-fp16-weighted", model);
    }

    [Theory]
    [InlineData("sentence_transformers.models.StaticEmbedding", "sentence_transformers.models.Normalize")]
    [InlineData("sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding", "sentence_transformers.base.modules.normalize.Normalize")]
    public async Task Load_ModuleInAFolderOfItsOwn_IsRead(string embedding, string normalize)
    {
        using TemporaryModel model = TestModels.Copy(SentenceTransformers);
        Directory.CreateDirectory(model.File("0_StaticEmbedding"));
        File.Move(model.File("model.safetensors"), model.File("0_StaticEmbedding/model.safetensors"));
        File.Move(model.File("tokenizer.json"), model.File("0_StaticEmbedding/tokenizer.json"));
        model.Edit("modules.json", json =>
        {
            json[0]!["type"] = embedding;
            json[0]!["path"] = "0_StaticEmbedding";
            json[1]!["type"] = normalize;
        });

        await AssertGivesWhat(SentenceTransformers, model);
    }

    [Fact]
    public async Task Load_ModuleWithModel2VecsTensor_IsRead()
    {
        using TemporaryModel model = TestModels.Copy(SentenceTransformers);
        SafetensorsFile file = SafetensorsFile.Open(model.File("model.safetensors"));
        model.Write("model.safetensors", SafetensorsWriter.File(("embeddings", "F32", [Tokens, 32], SafetensorsWriter.Bytes(file.Read<float>(file.Find("embedding.weight")!)))));

        await AssertGivesWhat(SentenceTransformers, model);
    }

    [Fact]
    public async Task Load_TokenizerWithTruncationAndPadding_IgnoresThem()
    {
        using TemporaryModel model = TestModels.Copy(Model2Vec);
        model.Edit("tokenizer.json", json =>
        {
            json["truncation"]!["max_length"] = 3;
            json["padding"] = JsonNode.Parse("""{"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"}""");
        });

        await AssertGivesWhat(Model2Vec, model);
    }

    [Fact]
    public async Task Load_WithoutNormalizeModule_GivesTheMean()
    {
        using TemporaryModel model = TestModels.Copy(SentenceTransformers);
        model.Edit("modules.json", json => json.AsArray().RemoveAt(1));
        using StaticEmbeddingGenerator mean = model.Load();
        using StaticEmbeddingGenerator unit = model.Load(new StaticEmbeddingGeneratorOptions { Normalize = true });

        Assert.NotEqual(1, Norm(await mean.GenerateVectorAsync("cats")), 1e-3);
        Assert.Equal(1, Norm(await unit.GenerateVectorAsync("cats")), 1e-6);
        await AssertGivesWhat(SentenceTransformers, unit);
    }

    [Fact]
    public void Load_NotAFolder_IsRefused() =>
        Assert.Contains("no-such-model", Assert.Throws<DirectoryNotFoundException>(() => StaticEmbeddingGenerator.Load("no-such-model")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("config.json", "does not hold a static model")]
    [InlineData("tokenizer.json", "lacks")]
    [InlineData("model.safetensors", "lacks")]
    public void Load_MissingFile_IsNamed(string file, string problem)
    {
        using TemporaryModel model = TestModels.Copy(Model2Vec);
        File.Delete(model.File(file));

        Exception? exception = Record.Exception(() => model.Load());

        Assert.True(exception is FileNotFoundException or InvalidDataException);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bert", "sentence_transformers.models.Transformer")]
    [InlineData("bert", "somebodys.own.StaticEmbedding")]
    public void Load_AnotherKindOfModel_IsRefused(string modelType, string module)
    {
        using TemporaryModel model = TestModels.Copy(Model2Vec);
        model.Edit("config.json", json => json["model_type"] = modelType);
        File.WriteAllText(model.File("modules.json"), $$"""[{"type": "{{module}}"}]""");

        Assert.Contains("does not hold a static model", Assert.Throws<InvalidDataException>(() => model.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ModuleThatIsNotSupported_IsNamed()
    {
        using TemporaryModel model = TestModels.Copy(SentenceTransformers);
        model.Edit("modules.json", json => json[1]!["type"] = "sentence_transformers.models.Dense");

        string message = Assert.Throws<InvalidDataException>(() => model.Load()).Message;

        Assert.Contains("[1].type", message, StringComparison.Ordinal);
        Assert.Contains("sentence_transformers.models.Dense", message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, (string, string, long[], byte[])[]> BadTensors => new()
    {
        { Model2Vec, "has no tensor 'embeddings'; found embedding.weight", [("embedding.weight", "F32", [Tokens, 1], new byte[Tokens * 4])] },
        { SentenceTransformers, "has no tensor 'embedding.weight'; found vectors", [("vectors", "F32", [Tokens, 1], new byte[Tokens * 4])] },
        { Model2Vec, "has the tensor 'bias'", [("embeddings", "F32", [Tokens, 1], new byte[Tokens * 4]), ("bias", "F32", [1], new byte[4])] },
        { SentenceTransformers, "has the tensor 'weights'", [("embedding.weight", "F32", [Tokens, 1], new byte[Tokens * 4]), ("weights", "F32", [Tokens], new byte[Tokens * 4])] },
        { Model2Vec, "dtype of tensor 'embeddings' is U8", [("embeddings", "U8", [Tokens, 1], new byte[Tokens])] },
        { Model2Vec, "'embeddings' is [3000], expected [rows, dimensions]", [("embeddings", "F32", [Tokens], new byte[Tokens * 4])] },
        { Model2Vec, "'embeddings' is [3000, 0]", [("embeddings", "F32", [Tokens, 0], [])] },
        { Model2Vec, "has 2999 vectors, but", [("embeddings", "F32", [Tokens - 1, 1], new byte[(Tokens - 1) * 4])] },
        { Model2Vec, "'weights' is [2999], expected one value for each of 3000", [("embeddings", "F32", [Tokens, 1], new byte[Tokens * 4]), ("weights", "F32", [Tokens - 1], new byte[(Tokens - 1) * 4])] },
        { Model2Vec, "dtype of tensor 'weights' is I8", [("embeddings", "F32", [Tokens, 1], new byte[Tokens * 4]), ("weights", "I8", [Tokens], new byte[Tokens])] },
        { Model2Vec, "'mapping' is [1, 3000]", [("embeddings", "F32", [9, 1], new byte[36]), ("mapping", "I64", [1, Tokens], new byte[Tokens * 8])] },
        { Model2Vec, "dtype of tensor 'mapping' is F32", [("embeddings", "F32", [9, 1], new byte[36]), ("mapping", "F32", [Tokens], new byte[Tokens * 4])] },
        { Model2Vec, "'mapping' gives token 7 the row 9, but there are 9", [("embeddings", "F32", [9, 1], new byte[36]), ("mapping", "I32", [Tokens], SafetensorsWriter.Bytes(Mapping(9)))] },
        { Model2Vec, "'mapping' gives token 7 the row -1", [("embeddings", "F32", [9, 1], new byte[36]), ("mapping", "I32", [Tokens], SafetensorsWriter.Bytes(Mapping(-1)))] },
    };

    [Theory]
    [MemberData(nameof(BadTensors))]
    public void Load_TensorThatDoesNotFit_IsNamed(string name, string problem, (string, string, long[], byte[])[] tensors)
    {
        using TemporaryModel model = TestModels.Copy(name);
        model.Write("model.safetensors", SafetensorsWriter.File(tensors));

        string message = Assert.Throws<InvalidDataException>(() => model.Load()).Message;

        Assert.Contains("model.safetensors", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("normalize", "\"yes\"")]
    [InlineData("max_length", "0")]
    [InlineData("max_length", "1.5")]
    [InlineData("model_type", "3")]
    public void Load_BadConfig_NamesTheField(string field, string value)
    {
        using TemporaryModel model = TestModels.Copy(Model2Vec);
        model.Edit("config.json", json => json[field] = JsonNode.Parse(value));

        Assert.Contains(field, Assert.Throws<InvalidDataException>(() => model.Load()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("model.safetensors")]
    public void Load_GitLfsPointer_NamesTheFileAndThePull(string file)
    {
        using TemporaryModel model = TestModels.Copy(Model2Vec);
        File.WriteAllText(model.File(file), "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 133466304\n");

        string message = ErrorMessages.AssertReadable(Assert.Throws<InvalidDataException>(() => model.Load()));

        Assert.Contains(model.File(file), message, StringComparison.Ordinal);
        Assert.Contains("git lfs pull", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FolderOfACrossEncoder_NamesTheReranker()
    {
        using TemporaryModel model = TestModels.Copy(Model2Vec);
        File.WriteAllText(model.File("config.json"), """{"model_type": "bert", "architectures": ["BertForSequenceClassification"]}""");

        Assert.Contains("load it as OnnxTextReranker", ErrorMessages.AssertReadable(Assert.Throws<InvalidDataException>(() => model.Load())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_EmptyInputType_PutsNoPrompt()
    {
        using TemporaryModel model = TestModels.Copy(Model2Vec);
        File.WriteAllText(model.File("config_sentence_transformers.json"), """{"prompts": {"special": "very special: "}, "default_prompt_name": "special"}""");
        using StaticEmbeddingGenerator prompted = model.Load();
        using StaticEmbeddingGenerator bare = StaticEmbeddingGenerator.Load(TestModels.Tiny(Model2Vec));
        EmbeddingGenerationOptions none = new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = "" } };

        Assert.Equal((await bare.GenerateVectorAsync("very special: text")).ToArray(), (await prompted.GenerateVectorAsync("text")).ToArray());
        Assert.Equal((await bare.GenerateVectorAsync("text")).ToArray(), (await prompted.GenerateVectorAsync("text", none)).ToArray());
    }

    private static int[] Mapping(int seventh)
    {
        int[] mapping = new int[Tokens];
        mapping[7] = seventh;
        return mapping;
    }

    private static async Task AssertGivesWhat(string name, TemporaryModel model)
    {
        using StaticEmbeddingGenerator generator = model.Load();
        await AssertGivesWhat(name, generator);
    }

    private static async Task AssertGivesWhat(string name, StaticEmbeddingGenerator generator)
    {
        using StaticEmbeddingGenerator original = StaticEmbeddingGenerator.Load(TestModels.Tiny(name));
        string[] texts = [.. StaticModels.Cases(Path.Combine(TestModels.Tiny(name), "expected.json")).Select(golden => golden.Text)];
        GeneratedEmbeddings<Embedding<float>> expected = await original.GenerateAsync(texts);

        GeneratedEmbeddings<Embedding<float>> actual = await generator.GenerateAsync(texts);

        Assert.Equal(expected.Select(embedding => embedding.Vector.ToArray()), actual.Select(embedding => embedding.Vector.ToArray()));
    }

    private static double Norm(ReadOnlyMemory<float> vector) => Math.Sqrt(vector.ToArray().Sum(value => (double)value * value));
}
