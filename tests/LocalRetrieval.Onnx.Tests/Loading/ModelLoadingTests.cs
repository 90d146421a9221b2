using System.Text.Json.Nodes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Loading;

/// <summary>What is said of folders that cannot be loaded.</summary>
public sealed class ModelLoadingTests
{
    private const string BiEncoder = "bert-cls-prompt";
    private const string CrossEncoder = "reranker-bert-identity";

    [Fact]
    public void Load_MissingFolder_NamesIt()
    {
        DirectoryNotFoundException exception = Assert.Throws<DirectoryNotFoundException>(() => OnnxEmbeddingGenerator.Load("no-such-model"));

        Assert.Contains("no-such-model", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("onnx/model.onnx")]
    [InlineData("1_Pooling/config.json")]
    public void Load_MissingFile_NamesIt(string file)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        File.Delete(model.File(file));

        FileNotFoundException exception = Assert.Throws<FileNotFoundException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json", "{", "config.json is not JSON")]
    [InlineData("config.json", "[]", "config.json: the root is a JSON Array")]
    [InlineData("modules.json", "{}", "expected a list")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": "long"}""", "max_seq_length is \"long\"")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 0}""", "max_seq_length is 0")]
    [InlineData("tokenizer.json", "not json", "tokenizer.json")]
    [InlineData("onnx/model.onnx", "not a model", "cannot be loaded as an ONNX model")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_median_tokens": true}""", "pooling_mode_median_tokens")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode": ["cls", "median"], "embedding_dimension": 32}""", "pooling_mode is 'median'")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode": "cls", "embedding_dimension": 64}""", "word_embedding_dimension 64")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_cls_token": true, "word_embedding_dimension": 64}""", "word_embedding_dimension 64")]
    [InlineData("1_Pooling/config.json", """{"pooling_mode_cls_token": true, "include_prompt": "no"}""", "include_prompt")]
    [InlineData("modules.json", """[{"type": "sentence_transformers.models.Dense", "path": "2_Dense"}]""", "sentence_transformers.models.Dense")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 128, "do_lower_case": 1}""", "do_lower_case is 1")]
    [InlineData("sentence_bert_config.json", """{"transformer_task": "text-generation"}""", "transformer_task is 'text-generation'")]
    [InlineData("sentence_bert_config.json", """{"modality_config": {"message": {"method": "forward"}}}""", "chat template")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 128, "query_length": 32}""", "query_length is set")]
    [InlineData("sentence_bert_config.json", """{"processing_kwargs": {"text": {"padding": "max_length"}}}""", "processing_kwargs is text")]
    [InlineData("tokenizer_config.json", """{"truncation_side": "left"}""", "truncation_side is 'left'")]
    [InlineData("config_sentence_transformers.json", """{"prompts": {}, "default_prompt_name": "query"}""", "default_prompt_name")]
    public void Load_FileThatCannotBeRead_SaysWhat(string file, string content, string expected)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        File.WriteAllText(model.File(file), content);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TruncatedGraph_NamesTheFile()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        byte[] graph = File.ReadAllBytes(model.File("onnx/model.onnx"));
        File.WriteAllBytes(model.File("onnx/model.onnx"), graph[..(graph.Length / 2)]);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains("model.onnx", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MoreTokensThanRows_NamesBothFiles()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("config.json", json => json["vocab_size"] = 100);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains("tokenizer.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains("100 rows", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pre_tokenizer", """{"type": "Unheard"}""", "Unheard")]
    [InlineData("truncation", """{"direction": "Left", "max_length": 64, "strategy": "LongestFirst", "stride": 0}""", "truncation.direction is 'Left'")]
    public void Load_TokenizerThatIsNotSupported_IsRefusedByName(string field, string value, string expected)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("tokenizer.json", json => json[field] = JsonNode.Parse(value));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains("tokenizer.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownInput_IsRefusedByName()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        Rename(model.File("onnx/model.onnx"), "token_type_ids", "token_kind_ids");

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains("'token_kind_ids'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoModules_AsksForThePooling()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        File.Delete(model.File("modules.json"));

        Assert.Contains("Set Pooling", Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path)).Message, StringComparison.Ordinal);
        using OnnxEmbeddingGenerator given = OnnxEmbeddingGenerator.Load(model.Path, new() { Pooling = PoolingMode.Mean });
    }

    [Fact]
    public void Load_MoreTokensThanPositions_IsRefused()
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => OnnxEmbeddingGenerator.Load(TestModels.Tiny(BiEncoder), new() { MaxTokens = 513 }));

        Assert.Contains("512", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BiEncoderAsReranker_NamesItsPoolingOrMissingLogits()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);

        Assert.Contains("models.Pooling", Assert.Throws<InvalidDataException>(() => OnnxTextReranker.Load(model.Path)).Message, StringComparison.Ordinal);
        File.Delete(model.File("modules.json"));
        Assert.Contains("logits", Assert.Throws<InvalidDataException>(() => OnnxTextReranker.Load(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RerankerAsBiEncoder_SaysThatHiddenStatesAreMissing()
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(TestModels.Tiny(CrossEncoder), new() { Pooling = PoolingMode.Mean }));

        Assert.Contains("hidden states", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownActivation_IsRefusedByName()
    {
        using TemporaryModel model = TestModels.Copy(CrossEncoder);
        model.Edit("config.json", json => json["sentence_transformers"] = new JsonObject { ["activation_fn"] = "torch.nn.modules.activation.Tanh" });

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => OnnxTextReranker.Load(model.Path));

        Assert.Contains("activation_fn is 'torch.nn.modules.activation.Tanh'", exception.Message, StringComparison.Ordinal);
    }

    // A name of the same length keeps the file well-formed.
    private static void Rename(string graph, string from, string to)
    {
        string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(graph)).Replace(from, to, StringComparison.Ordinal);
        File.WriteAllBytes(graph, System.Text.Encoding.Latin1.GetBytes(text));
    }

    [Fact]
    public async Task LoadAsync_GoodFolder_Loads()
    {
        using OnnxEmbeddingGenerator generator = await OnnxEmbeddingGenerator.LoadAsync(TestModels.Tiny(BiEncoder));
        using OnnxTextReranker reranker = await OnnxTextReranker.LoadAsync(TestModels.Tiny(CrossEncoder));
        Assert.Single(await generator.GenerateAsync(["a"]));
        Assert.Single(await reranker.RerankAsync("a", ["b"]));
    }
}
