using System.Text.Json.Nodes;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Loading;

/// <summary>What is refused by name, since its numbers would differ from the reference's.</summary>
public sealed class ModelRefusalTests
{
    private const string BiEncoder = "bert-cls-prompt";
    private const string CrossEncoder = "reranker-bert-identity";

    [Theory]
    [InlineData("sentence_transformers.models.Router")]
    [InlineData("sentence_transformers.models.WordWeights")]
    [InlineData("sentence_transformers.sentence_transformer.modules.cnn.CNN")]
    [InlineData("sentence_transformers.models.WeightedLayerPooling")]
    [InlineData("sentence_transformers.models.Transformer")]
    [InlineData("custom_code.Normalize")]
    public void Load_ModuleThatIsNotKnown_IsRefusedByName(string type)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("modules.json", json => json[2]!["type"] = type);

        Assert.Contains(type, Refusal(() => OnnxEmbeddingGenerator.Load(model.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sentence_transformers.models.StaticEmbedding")]
    [InlineData("sentence_transformers.models.CLIPModel")]
    [InlineData("custom_code.Transformer")]
    public void Load_FirstModuleThatIsNoTransformer_IsRefusedByName(string type)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("modules.json", json => json[0]!["type"] = type);

        Assert.Contains(type, Refusal(() => OnnxEmbeddingGenerator.Load(model.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SecondPooling_IsRefusedByName()
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        model.Edit("modules.json", json => json[2] = json[1]!.DeepClone());

        Assert.Contains("[2].type is 'sentence_transformers.models.Pooling'", Refusal(() => OnnxEmbeddingGenerator.Load(model.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"module_input_name": "cls_embedding"}""")]
    [InlineData("""{"module_input_name": "sentence_embedding", "module_output_name": "other"}""")]
    public void Load_ModuleOfOtherFeatures_IsRefusedByName(string config)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        Directory.CreateDirectory(model.File("2_Normalize"));
        File.WriteAllText(model.File("2_Normalize/config.json"), config);

        Assert.Contains("module_input_name", Refusal(() => OnnxEmbeddingGenerator.Load(model.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DenseOfAnotherWidth_IsRefusedByName()
    {
        using TemporaryModel model = TestModels.Copy("dense-tanh");
        SafetensorsWriter.Write(model.File("2_Dense/model.safetensors"), ("linear.weight", "F32", [16, 64], new float[1024]), ("linear.bias", "F32", [16], new float[16]));
        model.Edit("2_Dense/config.json", json => json["in_features"] = 64);

        Assert.Contains("in_features is 64, but the vectors before it have 32", Refusal(() => OnnxEmbeddingGenerator.Load(model.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer_config.json")]
    [InlineData("tokenizer.json")]
    public void Load_LeftPadding_IsRefusedByName(string file)
    {
        using TemporaryModel biEncoder = TestModels.Copy(BiEncoder);
        using TemporaryModel crossEncoder = TestModels.Copy(CrossEncoder);
        using TemporaryModel lateInteraction = TestModels.Copy("colbert");
        foreach (TemporaryModel model in new[] { biEncoder, crossEncoder, lateInteraction })
        {
            PadLeft(model, file);
        }

        Assert.Contains("pads on the left", Refusal(() => OnnxEmbeddingGenerator.Load(biEncoder.Path)), StringComparison.Ordinal);
        Assert.Contains("pads on the left", Refusal(() => OnnxTextReranker.Load(crossEncoder.Path)), StringComparison.Ordinal);
        Assert.Contains("pads on the left", Refusal(() => OnnxMultiVectorEmbeddingGenerator.Load(lateInteraction.Path)), StringComparison.Ordinal);
    }

    [SharedFact]
    public void Load_LeftPaddingOfADecoder_IsRefusedByName()
    {
        using TemporaryModel decoder = new(SharedData.Path("models-tiny", "decoder-last-token"));
        PadLeft(decoder, "tokenizer_config.json");

        Assert.Contains("pads on the left", Refusal(() => OnnxEmbeddingGenerator.Load(decoder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CausalReranker_IsRefusedByName()
    {
        using TemporaryModel byArchitecture = TestModels.Copy(CrossEncoder);
        byArchitecture.Edit("config.json", json => json["architectures"] = new JsonArray("Qwen3ForCausalLM"));
        using TemporaryModel byModule = TestModels.Copy(CrossEncoder);
        File.WriteAllText(byModule.File("modules.json"),
            """[{"type": "sentence_transformers.base.modules.transformer.Transformer", "path": ""}, {"type": "sentence_transformers.cross_encoder.modules.logit_score.LogitScore", "path": "1_LogitScore"}]""");
        using TemporaryModel byTask = TestModels.Copy(CrossEncoder);
        File.WriteAllText(byTask.File("sentence_bert_config.json"), """{"transformer_task": "text-generation"}""");
        using TemporaryModel byGraph = TestModels.Copy("splade-mlm");
        File.Delete(byGraph.File("modules.json"));

        Assert.Contains("Qwen3ForCausalLM", Refusal(() => OnnxTextReranker.Load(byArchitecture.Path)), StringComparison.Ordinal);
        Assert.Contains("LogitScore", Refusal(() => OnnxTextReranker.Load(byModule.Path)), StringComparison.Ordinal);
        Assert.Contains("text-generation", Refusal(() => OnnxTextReranker.Load(byTask.Path)), StringComparison.Ordinal);
        Assert.Contains("causal language model", Refusal(() => OnnxTextReranker.Load(byGraph.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LogitsOverAVocabularyAsHiddenStates_AreRefused()
    {
        using TemporaryModel model = TestModels.Copy("splade-mlm");
        File.Delete(model.File("modules.json"));

        Assert.Contains("hidden states", Refusal(() => OnnxEmbeddingGenerator.Load(model.Path, new() { Pooling = PoolingMode.Mean })), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LabelsThatDoNotRank_AskForOne()
    {
        using TemporaryModel model = TestModels.Copy("reranker-two-logits");
        model.Edit("config.json", json => json["id2label"] = new JsonObject { ["0"] = "a", ["1"] = "b", ["2"] = "c" });
        Assert.Contains("id2label has 3 labels, but the graph gives 2", Refusal(() => OnnxTextReranker.Load(model.Path)), StringComparison.Ordinal);
        model.Edit("config.json", json => json["id2label"] = new JsonObject { ["0"] = "a", ["1"] = "b" });
        Assert.Contains("'c'", Refusal(() => OnnxTextReranker.Load(model.Path, new() { ScoreLabel = "c" })), StringComparison.Ordinal);
        OnnxTextReranker.Load(model.Path, new() { ScoreLabel = "A" }).Dispose();
    }

    [SharedFact]
    public void Load_ThreeLabelsWithoutEntailment_AsksForOne()
    {
        using TemporaryModel model = new(SharedData.Path("models-tiny", "classifier-nli"));
        model.Edit("config.json", json => json["id2label"] = null);

        Assert.Contains("ScoreLabel", Refusal(() => OnnxTextReranker.Load(model.Path)), StringComparison.Ordinal);
    }

    [SharedFact]
    public void Load_ExternalDataThatIsMissing_IsNamed()
    {
        using TemporaryModel model = new(SharedData.Path("models-tiny", "external-data"));
        File.Delete(model.File("onnx/model.onnx_data"));

        Assert.Contains("model.onnx_data", Refusal(() => OnnxEmbeddingGenerator.Load(model.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AppendedTokenWhereItIsNotSupported_IsRefusedByName()
    {
        using TemporaryModel reranker = TestModels.Copy(CrossEncoder);
        using TemporaryModel lateInteraction = TestModels.Copy("colbert");
        foreach (TemporaryModel model in new[] { reranker, lateInteraction })
        {
            File.WriteAllText(model.File("tokenizer_config.json"), """{"add_eos_token": true, "eos_token": "[MASK]"}""");
        }

        Assert.Contains("add_eos_token", Refusal(() => OnnxTextReranker.Load(reranker.Path)), StringComparison.Ordinal);
        Assert.Contains("add_eos_token", Refusal(() => OnnxMultiVectorEmbeddingGenerator.Load(lateInteraction.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("input_ids", "input_idx")]
    [InlineData("attention_mask", "attention_mark")]
    public void Load_InputThatIsNotKnown_IsRefusedByName(string name, string other)
    {
        using TemporaryModel model = TestModels.Copy(BiEncoder);
        // A name of the same length keeps the file well-formed.
        string graph = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(model.File("onnx/model.onnx"))).Replace(name, other, StringComparison.Ordinal);
        File.WriteAllBytes(model.File("onnx/model.onnx"), System.Text.Encoding.Latin1.GetBytes(graph));

        Assert.Contains($"'{other}'", Refusal(() => OnnxEmbeddingGenerator.Load(model.Path)), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Unsupported
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach ((string name, string refused) in TinyModelNames.Unsupported)
            {
                data.Add(name, refused);
            }

            return data;
        }
    }

    [SharedTheory]
    [MemberData(nameof(Unsupported))]
    public void Load_ShapeThatIsNotSupportedYet_IsRefusedByName(string name, string field)
    {
        string folder = SharedData.Path("models-tiny", name);
        Func<IDisposable> load = TestModels.ReadJson(Path.Combine(folder, "expected.json")).GetProperty("kind").GetString() switch
        {
            "embedding" => () => OnnxEmbeddingGenerator.Load(folder),
            "sparse" => () => OnnxSparseEmbeddingGenerator.Load(folder),
            _ => () => OnnxTextReranker.Load(folder),
        };

        Assert.Contains(field, Refusal(load), StringComparison.Ordinal);
    }

    private static void PadLeft(TemporaryModel model, string file)
    {
        if (file == "tokenizer.json")
        {
            model.Edit(file, json => json["padding"] = new JsonObject
            {
                ["strategy"] = "BatchLongest", ["direction"] = "Left", ["pad_to_multiple_of"] = null, ["pad_id"] = 0, ["pad_type_id"] = 0, ["pad_token"] = "[PAD]",
            });
        }
        else
        {
            File.WriteAllText(model.File(file), """{"padding_side": "left"}""");
        }
    }

    private static string Refusal(Func<IDisposable> load) => Assert.Throws<InvalidDataException>(() => load()).Message;
}
