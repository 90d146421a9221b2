using System.Text.Json.Nodes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Info;

public sealed class FingerprintTests
{
    private const string Model = "dense-tanh";

    [Fact]
    public void Fingerprint_SameContentInAnotherFolder_IsTheSame()
    {
        using TemporaryModel copy = TestModels.Copy(Model);
        File.SetLastWriteTimeUtc(copy.File("tokenizer.json"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(Of(TestModels.Tiny(Model)), Of(copy.Path));
    }

    [Fact]
    public void Fingerprint_SettingsThatLeaveVectorsAlone_DoNotCount()
    {
        using TemporaryModel copy = TestModels.Copy(Model);
        copy.Edit("modules.json", json => json[1]!["type"] = "sentence_transformers.sentence_transformer.modules.pooling.Pooling");
        File.WriteAllText(copy.File("1_Pooling/config.json"), """{"embedding_dimension": 32, "pooling_mode": "cls"}""");
        File.WriteAllText(copy.File("README.md"), "A card.");
        OnnxEmbeddingGeneratorOptions options = new() { MaxTokens = 32, Threads = 1, BatchTokenBudget = 64, ModelId = "another", Pooling = PoolingMode.Cls, Normalize = true };

        Assert.Equal(Of(TestModels.Tiny(Model)), Of(copy.Path, options));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("tokenizer")]
    [InlineData("lower case", "tokenizer")]
    [InlineData("prompts")]
    [InlineData("default prompt", "prompts")]
    [InlineData("pooling", "pooling ('cls' and 'mean')")]
    [InlineData("include_prompt", "pooling")]
    [InlineData("module's weights", "pooling")]
    [InlineData("normalization", "normalization ('normalized' and 'not normalized')")]
    [InlineData("truncate_dim", "normalization ('normalized' and 'not normalized'), dimensions ('16' and '8')")]
    public void Fingerprint_ComponentAltered_NamesItAlone(string alteration, string? difference = null)
    {
        using TemporaryModel original = TestModels.Copy(Model);
        using TemporaryModel altered = TestModels.Copy(Model);
        foreach (TemporaryModel model in new[] { original, altered })
        {
            model.Edit("config_sentence_transformers.json", json => json["prompts"] = new JsonObject { ["query"] = "query: ", ["other"] = "" });
        }

        Alter(altered, alteration);

        EncoderFingerprint fingerprint = Of(altered.Path, new OnnxEmbeddingGeneratorOptions { ModelId = "same" });

        Assert.Equal(difference ?? alteration, Of(original.Path, new OnnxEmbeddingGeneratorOptions { ModelId = "same" }).DescribeDifference(fingerprint));
    }

    [Fact]
    public void Fingerprint_OptionsThatChangeVectors_Count()
    {
        EncoderFingerprint original = Of(TestModels.Tiny(Model));

        Assert.Equal("pooling ('cls' and 'mean')", original.DescribeDifference(Of(TestModels.Tiny(Model), new OnnxEmbeddingGeneratorOptions { Pooling = PoolingMode.Mean })));
        Assert.Equal("normalization ('normalized' and 'not normalized')", original.DescribeDifference(Of(TestModels.Tiny(Model), new OnnxEmbeddingGeneratorOptions { Normalize = false })));
        Assert.StartsWith("pooling", original.DescribeDifference(Of(TestModels.Tiny(Model), new OnnxEmbeddingGeneratorOptions { Truncation = TruncationPolicy.ChunkAndPool })), StringComparison.Ordinal);
        Assert.Null(original.DescribeDifference(Of(TestModels.Tiny(Model), new OnnxEmbeddingGeneratorOptions { Truncation = TruncationPolicy.Throw })));
    }

    [SharedFact]
    public void Fingerprint_ExternalDataAltered_DiffersInTheModel()
    {
        using TemporaryModel altered = new(SharedData.Path("models-tiny", "external-data"));
        FlipByte(altered.File("onnx/model.onnx_data"));

        Assert.Equal("model", Of(SharedData.Path("models-tiny", "external-data"), new() { ModelId = "same" }).DescribeDifference(Of(altered.Path, new() { ModelId = "same" })));
    }

    [Fact]
    public void Fingerprint_FileChangedAfterLoading_IsRefused()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(model.Path);
        File.AppendAllText(model.File("tokenizer.json"), " ");

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => generator.GetRequiredService<EncoderInfo>().Fingerprint);

        Assert.Contains("tokenizer.json has changed", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colbert", "config_sentence_transformers.json", "query_prefix", "prompts")]
    [InlineData("colbert", "config_sentence_transformers.json", "query_length", "pooling")]
    [InlineData("splade-mlm", "1_SpladePooling/config.json", "pooling_strategy", "pooling ('splade max' and 'splade sum')")]
    [InlineData("reranker-bert-sigmoid", "config.json", "sbert_ce_default_activation_function", "pooling ('label 0, Sigmoid' and 'label 0, Identity')")]
    public void Fingerprint_OtherKindsAltered_NameWhatDiffers(string name, string file, string field, string difference)
    {
        using TemporaryModel altered = TestModels.Copy(name);
        altered.Edit(file, json => json[field] = field switch { "query_length" => 16, "pooling_strategy" => "sum", "query_prefix" => "other: ", _ => "torch.nn.modules.linear.Identity" });

        Assert.Equal(difference, OfOtherKind(TestModels.Tiny(name), name).DescribeDifference(OfOtherKind(altered.Path, name)));
    }

    private static void Alter(TemporaryModel model, string alteration)
    {
        switch (alteration)
        {
            case "model":
                FlipByte(model.File("onnx/model.onnx"));
                break;
            case "tokenizer":
                model.Edit("tokenizer.json", json => json["normalizer"]!["lowercase"] = !json["normalizer"]!["lowercase"]!.GetValue<bool>());
                break;
            case "lower case":
                model.Edit("sentence_bert_config.json", json => json["do_lower_case"] = true);
                break;
            case "prompts":
                model.Edit("config_sentence_transformers.json", json => json["prompts"]!["query"] = "query:");
                break;
            case "default prompt":
                model.Edit("config_sentence_transformers.json", json => json["default_prompt_name"] = "query");
                break;
            case "pooling":
                File.WriteAllText(model.File("1_Pooling/config.json"), """{"embedding_dimension": 32, "pooling_mode": "mean"}""");
                break;
            case "include_prompt":
                model.Edit("1_Pooling/config.json", json => json["include_prompt"] = false);
                break;
            case "module's weights":
                FlipByte(model.File("2_Dense/model.safetensors"));
                break;
            case "normalization":
                model.Edit("modules.json", json => json.AsArray().RemoveAt(3));
                break;
            default:
                model.Edit("config_sentence_transformers.json", json => json["truncate_dim"] = 8);
                break;
        }
    }

    // The lowest bit of a weight in the middle of a file.
    private static void FlipByte(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2 / 4 * 4] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static EncoderFingerprint Of(string folder, OnnxEmbeddingGeneratorOptions? options = null)
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(folder, options);
        return generator.GetRequiredService<EncoderInfo>().Fingerprint;
    }

    private static EncoderFingerprint OfOtherKind(string folder, string name)
    {
        using IDisposable encoder = name switch
        {
            "colbert" => OnnxMultiVectorEmbeddingGenerator.Load(folder),
            "splade-mlm" => OnnxSparseEmbeddingGenerator.Load(folder),
            _ => OnnxTextReranker.Load(folder),
        };
        return ((encoder as IEmbeddingGenerator)?.GetService<EncoderInfo>() ?? (EncoderInfo)((ITextReranker)encoder).GetService(typeof(EncoderInfo))!).Fingerprint;
    }
}
