using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Loading;

/// <summary>Folders as people have them: half cloned, half converted, of another kind; each error says which file, what was found and what to do.</summary>
public sealed class OddFolderTests
{
    private const string BiEncoder = "bert-cls-prompt";
    private const string CrossEncoder = "reranker-bert-identity";
    private const string LfsPointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 133466304\n";

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("modules.json")]
    [InlineData("sentence_bert_config.json")]
    [InlineData("config_sentence_transformers.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("special_tokens_map.json")]
    [InlineData("1_Pooling/config.json")]
    [InlineData("2_Dense/config.json")]
    [InlineData("2_Dense/model.safetensors")]
    [InlineData("onnx/model.onnx")]
    public void Load_GitLfsPointer_NamesTheFileAndThePull(string file)
    {
        using TemporaryModel model = TestModels.Copy("dense-tanh");
        File.WriteAllText(model.File(file), LfsPointer);

        string message = Refusal<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains(model.File(file), message, StringComparison.Ordinal);
        Assert.Contains("git lfs pull", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("modules.json")]
    [InlineData("sentence_bert_config.json")]
    [InlineData("config_sentence_transformers.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("special_tokens_map.json")]
    [InlineData("added_tokens.json")]
    [InlineData("1_Pooling/config.json")]
    [InlineData("2_Dense/config.json")]
    [InlineData("2_Dense/model.safetensors")]
    [InlineData("onnx/model.onnx")]
    public void Load_FolderInPlaceOfAFile_NamesIt(string file)
    {
        using TemporaryModel model = TestModels.Copy("dense-tanh");
        File.Delete(model.File(file));
        Directory.CreateDirectory(model.File(file));

        string message = Refusal<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.StartsWith($"{model.File(file)} is a folder, not a file.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_GitLfsPointerForAVocabulary_NamesTheFileAndThePull()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        File.Delete(model.File("tokenizer.json"));
        File.WriteAllText(model.File("vocab.txt"), LfsPointer);

        string message = Refusal<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains(model.File("vocab.txt"), message, StringComparison.Ordinal);
        Assert.Contains("git lfs pull", message, StringComparison.Ordinal);
    }

    [SharedFact]
    public void Load_GitLfsPointerForExternalData_NamesTheFileAndThePull()
    {
        using TemporaryModel model = new(SharedData.Path("models-tiny", "external-data"));
        File.WriteAllText(model.File("onnx/model.onnx_data"), LfsPointer);

        string message = Refusal<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains(model.File("onnx/model.onnx_data"), message, StringComparison.Ordinal);
        Assert.Contains("git lfs pull", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spiece.model")]
    [InlineData("sentencepiece.bpe.model")]
    [InlineData("tokenizer.model")]
    public void Load_SentencePieceAlone_NamesItAndTheConversion(string file)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        File.Move(model.File("tokenizer.json"), model.File(file));

        string message = Refusal<FileNotFoundException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains(model.File(file), message, StringComparison.Ordinal);
        Assert.Contains("lacks tokenizer.json", message, StringComparison.Ordinal);
        Assert.Contains("save_pretrained", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ConfigWithoutModelType_NamesTheField()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("config.json", json => json.AsObject().Remove("model_type"));

        string message = Refusal<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains($"{model.File("config.json")}: model_type is missing", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ModuleWithoutType_NamesTheField()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("modules.json", json => json[1]!.AsObject().Remove("type"));

        string message = Refusal<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains($"{model.File("modules.json")}: [1].type is missing", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../1_Pooling")]
    [InlineData("1_Pooling/../../other")]
    [InlineData("..")]
    [InlineData("..\\1_Pooling")]
    [InlineData("/etc")]
    [InlineData("C:\\models")]
    public void Load_ModuleOutsideOfTheFolder_IsRefusedByName(string path)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("modules.json", json => json[1]!["path"] = path);

        string message = Refusal<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.Contains($"{model.File("modules.json")}: [1].path is '{path.Replace('\\', '/')}', outside of the model's folder", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./1_Pooling/")]
    [InlineData("1_Pooling/.")]
    public async Task Load_ModuleByAnotherPathWithin_IsRead(string path)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("modules.json", json => json[1]!["path"] = path);
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model.Path);

        Assert.Single(await generator.GenerateAsync(["text"]));
    }

    // As in the reference, not a file at the root of the disk.
    [Fact]
    public async Task Load_ModuleWithoutAPath_HasItsFilesInTheFolderItself()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("modules.json", json => json[1]!["path"] = "");
        model.Edit("config.json", json =>
        {
            json["pooling_mode_cls_token"] = true;
            json["word_embedding_dimension"] = 32;
        });
        using OnnxEmbeddingGenerator original = OnnxEmbeddingGenerator.Load(TestModels.Tiny(BiEncoder));
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model.Path);

        Assert.Equal((await original.GenerateVectorAsync("text")).ToArray(), (await generator.GenerateVectorAsync("text")).ToArray());
    }

    [Fact]
    public void Load_AFileForAFolder_SaysSo() =>
        Assert.Contains(
            "is a file. Give a folder",
            Refusal<DirectoryNotFoundException>(() => OnnxEmbeddingGenerator.Load(Path.Combine(TestModels.Tiny(BiEncoder), "config.json"))),
            StringComparison.Ordinal);

    [Fact]
    public void Load_EntryOfTheHubsCache_NamesTheSnapshot()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        Directory.CreateDirectory(model.File("cache/models--a--b/snapshots/0123abcd"));

        string message = Refusal<FileNotFoundException>(() => OnnxEmbeddingGenerator.Load(model.File("cache/models--a--b")));

        Assert.EndsWith($"give {model.File("cache/models--a--b/snapshots/0123abcd")}.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PageOfAFailedDownload_IsShown()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        File.WriteAllText(model.File("config.json"), "<!doctype html>\n<html><body>Not found</body></html>");

        string message = Refusal<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(model.Path));

        Assert.StartsWith($"{model.File("config.json")} is not JSON, it begins with '<!doctype html> <html>", message, StringComparison.Ordinal);
        Assert.EndsWith("Download the file again.", message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> OtherKinds
    {
        get
        {
            Dictionary<string, string> kinds = new()
            {
                [BiEncoder] = "OnnxEmbeddingGenerator", [CrossEncoder] = "OnnxTextReranker", ["splade-mlm"] = "OnnxSparseEmbeddingGenerator", ["colbert"] = "OnnxMultiVectorEmbeddingGenerator",
            };
            TheoryData<string, string, string> data = [];
            foreach ((string model, string right) in kinds)
            {
                foreach (string wrong in kinds.Values.Where(kind => kind != right))
                {
                    data.Add(model, wrong, right);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(OtherKinds))]
    public void Load_FolderOfAnotherKind_NamesTheRightOne(string name, string wrong, string right)
    {
        string path = TestModels.Tiny(name);

        string message = Refusal<InvalidDataException>(() => wrong switch
        {
            "OnnxEmbeddingGenerator" => OnnxEmbeddingGenerator.Load(path),
            "OnnxTextReranker" => OnnxTextReranker.Load(path),
            "OnnxSparseEmbeddingGenerator" => OnnxSparseEmbeddingGenerator.Load(path),
            _ => OnnxMultiVectorEmbeddingGenerator.Load(path),
        });

        Assert.Contains($"load it as {right}", message, StringComparison.Ordinal);
    }

    [SharedFact]
    public void Load_CrossEncoderOfModulesAsBiEncoder_NamesTheReranker() =>
        Assert.Contains("load it as OnnxTextReranker", Refusal<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(SharedData.Path("models-tiny", "reranker-modular"))), StringComparison.Ordinal);

    [SharedFact]
    public void Load_StaticModelAsBiEncoder_NamesTheStaticGenerator() =>
        Assert.Contains("load it as StaticEmbeddingGenerator", Refusal<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(SharedData.Path("models-tiny", "static-model2vec"))), StringComparison.Ordinal);

    [Fact]
    public async Task GenerateAsync_TokenizerWithoutSpecialTokens_EqualsTheGolden()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("tokenizer.json", json => json["post_processor"] = null);
        using OnnxEmbeddingGenerator bare = OnnxEmbeddingGenerator.Load(model.Path);
        var cases = TestModels.ReadJson(model.File("expected.json")).Cases()
            .Where(golden => golden.GetProperty("role").ValueKind == System.Text.Json.JsonValueKind.Null)
            .Select(golden => (Text: golden.GetProperty("text").GetString()!, Vector: golden.GetProperty("embedding").Floats())).Where(golden => golden.Text.Length is > 0 and < 200).ToArray();

        // The special tokens, written out, are what the reference adds.
        GeneratedEmbeddings<Embedding<float>> result = await bare.GenerateAsync(cases.Select(golden => $"[CLS] {golden.Text} [SEP]"));

        AssertNumbers.Close(cases.SelectMany(golden => golden.Vector), result.SelectMany(embedding => embedding.Vector.ToArray()), 1e-5);
    }

    [Theory]
    [InlineData(TruncationPolicy.Truncate)]
    [InlineData(TruncationPolicy.ChunkAndPool)]
    public async Task GenerateAsync_NoTokensAtAll_RefusesTheTextByIndex(TruncationPolicy truncation)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("tokenizer.json", json => json["post_processor"] = null);
        using OnnxEmbeddingGenerator bare = OnnxEmbeddingGenerator.Load(model.Path, new() { Truncation = truncation });

        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>("values", () => bare.GenerateAsync(["text", " ", ""]));

        Assert.StartsWith("The text at index 1 has no tokens", ErrorMessages.AssertReadable(exception), StringComparison.Ordinal);
        Assert.Equal(2, (await bare.GenerateAsync(["", " "], EmbeddingInputTypes.QueryOptions())).Count);
    }

    [Fact]
    public async Task RerankAsync_NoTokensAtAll_RefusesTheDocumentByIndex()
    {
        using TemporaryModel model = TestModels.Copy(CrossEncoder);
        model.Edit("tokenizer.json", json => json["post_processor"] = null);
        using OnnxTextReranker bare = OnnxTextReranker.Load(model.Path);

        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>("documents", () => bare.RerankAsync("", ["text", ""]));

        Assert.StartsWith("The text at index 1 has no tokens", ErrorMessages.AssertReadable(exception), StringComparison.Ordinal);
        Assert.Equal(2, (await bare.RerankAsync("query", ["text", ""])).Count);
    }

    [Theory]
    [InlineData(null, "very special: ")]
    [InlineData("", "")]
    public async Task GenerateAsync_EmptyInputType_PutsNoPrompt(string? inputType, string prompt)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        File.WriteAllText(model.File("config_sentence_transformers.json"), """{"prompts": {"special": "very special: "}, "default_prompt_name": "special"}""");
        using OnnxEmbeddingGenerator prompted = OnnxEmbeddingGenerator.Load(model.Path);
        using OnnxEmbeddingGenerator bare = OnnxEmbeddingGenerator.Load(TestModels.Tiny(BiEncoder));
        EmbeddingGenerationOptions options = new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = inputType } };

        Assert.Equal((await bare.GenerateVectorAsync($"{prompt}text")).ToArray(), (await prompted.GenerateVectorAsync("text", options)).ToArray());
    }

    [Fact]
    public void Load_GraphThatPoolsAsItsModulesSay_LogsNothing()
    {
        RecordingLoggerFactory log = new();

        OnnxEmbeddingGenerator.Load(Checkout.Path("models", "bi-encoder"), loggerFactory: log).Dispose();

        Assert.Empty(log.Messages);
    }

    private static string Refusal<TException>(Func<IDisposable> load)
        where TException : Exception => ErrorMessages.AssertReadable(Assert.Throws<TException>(() => load()));
}
