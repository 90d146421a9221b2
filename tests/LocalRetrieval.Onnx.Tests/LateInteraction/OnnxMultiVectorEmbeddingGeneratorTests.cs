using System.Text.Json.Nodes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.LateInteraction;

public sealed class OnnxMultiVectorEmbeddingGeneratorTests
{
    private const string Model = "colbert";
    private const string Query = "how does it score?";

    [Fact]
    public async Task Load_SentenceTransformersOwnModules_GiveWhatPyLatesConfigGives()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        JsonArray words = [.. TestModels.ReadJson(model.File("config_sentence_transformers.json")).GetProperty("skiplist_words").Strings()];
        File.WriteAllText(model.File("config_sentence_transformers.json"), """{"prompts": {"query": "query: ", "document": "document: "}, "similarity_fn_name": "maxsim"}""");
        File.WriteAllText(model.File("sentence_bert_config.json"), """{"document_length": 64, "query_expansion": {"strategy": "fixed", "attend": false, "length": 24}}""");
        WriteModules(model, words);

        await AssertGivesTheSame(TestModels.Tiny(Model), model.Path);
    }

    [Fact]
    public async Task Load_PrefixThatIsAToken_IsPutBeforeTheTextsOwn()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("config_sentence_transformers.json", json => (json["query_prefix"], json["document_prefix"], json["do_query_expansion"]) = ("[MASK] ", "[MASK]", false));
        using OnnxMultiVectorEmbeddingGenerator marked = OnnxMultiVectorEmbeddingGenerator.Load(model.Path);
        model.Edit("config_sentence_transformers.json", json => (json["query_prefix"], json["document_prefix"]) = ("", null));
        using OnnxMultiVectorEmbeddingGenerator bare = OnnxMultiVectorEmbeddingGenerator.Load(model.Path);

        foreach (EmbeddingGenerationOptions options in new[] { EmbeddingInputTypes.QueryOptions(), EmbeddingInputTypes.DocumentOptions() })
        {
            Assert.Equal((await bare.GenerateAsync(["[MASK] a text"], options))[0].Vectors.ToArray(), (await marked.GenerateAsync(["a text"], options))[0].Vectors.ToArray());
        }
    }

    [Fact]
    public async Task GenerateAsync_QueryExpansion_FollowsItsSettings()
    {
        MultiVectorEmbedding expanded = await EmbedQuery(_ => { });
        MultiVectorEmbedding attended = await EmbedQuery(json => json["attend_to_expansion_tokens"] = true);
        MultiVectorEmbedding plain = await EmbedQuery(json => json["do_query_expansion"] = false);

        Assert.Equal(24, expanded.Count);
        Assert.Equal(24, attended.Count);
        Assert.NotEqual(expanded.Vectors.ToArray(), attended.Vectors.ToArray());
        Assert.InRange(plain.Count, 5, 23);
        // The query's own tokens do not see those put behind them.
        AssertNumbers.Close(plain.Vectors.ToArray(), expanded.Vectors.ToArray().Take(plain.Vectors.Length), 1e-5);
    }

    [Fact]
    public async Task GenerateAsync_LeastExpansion_KeepsLongerQueries()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        File.WriteAllText(model.File("sentence_bert_config.json"), """{"query_length": 40, "query_expansion": {"strategy": "min", "length": 12, "token": "[SEP]"}}""");
        using OnnxMultiVectorEmbeddingGenerator generator = OnnxMultiVectorEmbeddingGenerator.Load(model.Path);

        GeneratedEmbeddings<MultiVectorEmbedding> result = await generator.GenerateAsync(["a", string.Join(' ', Enumerable.Repeat("a", 20)), string.Join(' ', Enumerable.Repeat("a", 90))], EmbeddingInputTypes.QueryOptions());

        Assert.Equal([12, 20 + 2 + 3, 40], result.Select(vectors => vectors.Count));
    }

    [Fact]
    public async Task GenerateAsync_Result_CarriesUnitVectorsUsageAndWhatWasCut()
    {
        using OnnxMultiVectorEmbeddingGenerator generator = OnnxMultiVectorEmbeddingGenerator.Load(TestModels.Tiny(Model), new() { MaxTokens = 10 });

        GeneratedEmbeddings<MultiVectorEmbedding> result = await generator.GenerateAsync(["a b c d e f g", "a."]);

        Assert.Equal(10 + 7, result.Usage!.InputTokenCount);
        Assert.Equal([9, 5], result.Select(vectors => vectors.Count));
        Assert.Equal(2L, result.AdditionalProperties![EmbeddingPropertyNames.DroppedTokens]);
        Assert.All(result, vectors => Assert.All(Enumerable.Range(0, vectors.Count), i => Assert.Equal(1, vectors[i].ToArray().Sum(value => value * value), 1e-5f)));
        Assert.Equal(16, generator.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelDimensions);
        Assert.Equal(10 - 2 - 3, generator.GetRequiredService<ITokenCounter>().MaxTokens);
        Assert.Empty(await generator.GenerateAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a"], new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = "passage" } }));
    }

    [Fact]
    public async Task GenerateAsync_Projection_IsAppliedToEachToken()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        float[] weights = [.. Enumerable.Range(0, 16 * 16).Select(i => i % 17 == 0 ? 2f : 0f)];
        SafetensorsWriter.Write(model.File("1_Dense/model.safetensors"), ("linear.weight", "F32", [16, 16], weights));
        File.WriteAllText(model.File("1_Dense/config.json"), """{"in_features": 16, "out_features": 16, "bias": false, "activation_function": "torch.nn.modules.linear.Identity"}""");
        model.Edit("modules.json", json => json.AsArray().Add(new JsonObject { ["type"] = "pylate.models.Dense.Dense", ["path"] = "1_Dense" }));

        // Twice the identity changes nothing once vectors are normalised.
        await AssertGivesTheSame(TestModels.Tiny(Model), model.Path);
    }

    [Fact]
    public async Task Load_ProjectionThatTheGraphHasDone_IsNotDoneAgain()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        SafetensorsWriter.Write(model.File("1_Dense/model.safetensors"), ("linear.weight", "F32", [16, 32], new float[512]));
        File.WriteAllText(model.File("1_Dense/config.json"), """{"in_features": 32, "out_features": 16, "bias": false, "activation_function": "torch.nn.modules.linear.Identity"}""");
        model.Edit("modules.json", json => json.AsArray().Add(new JsonObject { ["type"] = "pylate.models.Dense.Dense", ["path"] = "1_Dense" }));

        await AssertGivesTheSame(TestModels.Tiny(Model), model.Path);
    }

    [Fact]
    public async Task RerankAsync_MeanMaxSim_DividesByTheQuerysVectors()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        using OnnxLateInteractionReranker sums = OnnxLateInteractionReranker.Load(model.Path);
        model.Edit("config_sentence_transformers.json", json => json["similarity_fn_name"] = "meanmaxsim");
        using OnnxLateInteractionReranker means = OnnxLateInteractionReranker.Load(model.Path);

        Assert.Equal((await sums.RerankAsync(Query, ["a"]))[0].Score / 24, (await means.RerankAsync(Query, ["a"]))[0].Score, 1e-5f);
    }

    [Fact]
    public async Task Load_StanfordsFolder_ReadsItsMetadataAndProjection()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        using TemporaryModel pylate = TestModels.Copy(Model);
        pylate.Edit("config_sentence_transformers.json", json => (json["query_prefix"], json["document_prefix"]) = ("[SEP]", "[MASK]"));
        File.Delete(model.File("modules.json"));
        File.Delete(model.File("config_sentence_transformers.json"));
        model.Edit("config.json", json => json["architectures"] = new JsonArray("HF_ColBERT"));
        File.WriteAllText(model.File("artifact.metadata"), """{"query_token_id": "[SEP]", "doc_token_id": "[MASK]", "query_maxlen": 24, "doc_maxlen": 64, "mask_punctuation": true}""");
        SafetensorsWriter.Write(model.File("model.safetensors"), ("linear.weight", "F32", [16, 16], [.. Enumerable.Range(0, 256).Select(i => i % 17 == 0 ? 1f : 0f)]));

        await AssertGivesTheSame(pylate.Path, model.Path);
    }

    [Theory]
    [InlineData("sentence_transformers.models.Pooling")]
    [InlineData("custom_code.Projection")]
    public void Load_ModuleThatIsNotSupported_IsRefusedByName(string type)
    {
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("modules.json", json => json.AsArray().Add(new JsonObject { ["type"] = type, ["path"] = "1" }));

        Assert.Contains(type, Assert.Throws<InvalidDataException>(() => OnnxMultiVectorEmbeddingGenerator.Load(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FolderThatSaysNothingOfLateInteraction_IsRefused()
    {
        using TemporaryModel model = TestModels.Copy(Model);
        File.Delete(model.File("config_sentence_transformers.json"));

        Assert.Contains("MultiVectorMask", Assert.Throws<InvalidDataException>(() => OnnxMultiVectorEmbeddingGenerator.Load(model.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"query_expansion": {"strategy": "random", "length": 8}}""", "random")]
    [InlineData("""{"query_expansion": {"strategy": "fixed"}}""", "length is missing")]
    [InlineData("""{"query_expansion": {"strategy": "fixed", "length": 8, "token": "[NONE]"}}""", "[NONE]")]
    [InlineData("""{"query_expansion": {"strategy": "fixed", "length": 600}}""", "512 positions")]
    [InlineData("""{"query_expansion": {"strategy": "fixed", "length": 4}}""", "no room")]
    public void Load_ExpansionThatIsNotSupported_IsRefusedByName(string config, string expected)
    {
        using TemporaryModel model = TestModels.Copy(Model);
        File.WriteAllText(model.File("sentence_bert_config.json"), config);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => OnnxMultiVectorEmbeddingGenerator.Load(model.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RerankAsync_BudgetTopNAndNothing_ShapeTheResult()
    {
        using OnnxLateInteractionReranker reranker = await OnnxLateInteractionReranker.LoadAsync(TestModels.Tiny(Model));
        string[] documents = [.. Enumerable.Range(0, 200).Select(i => $"document {i} speaks of subject {i % 7}")];

        RerankingResult all = await reranker.RerankAsync(Query, documents);
        RerankingResult top = await reranker.RerankAsync(Query, documents, new() { TopN = 3 });
        RerankingResult hurried = await reranker.RerankAsync(Query, documents, new() { Budget = TimeSpan.FromTicks(1) });

        Assert.Equal(all.Take(3).Select(document => document.Index), top.Select(document => document.Index));
        Assert.InRange(hurried.Count(document => document.Logit is not null), 1, documents.Length - 1);
        Assert.All(hurried.Where(document => document.Logit is null), document => Assert.Equal(float.NegativeInfinity, document.Score));
        Assert.Empty(await reranker.RerankAsync(Query, []));
        Assert.Contains("index 1", (await Assert.ThrowsAsync<ArgumentException>(() => reranker.RerankAsync(Query, ["a", null!]))).Message, StringComparison.Ordinal);
        Assert.Equal(Model, reranker.GetRequiredService<TextRerankerMetadata>().DefaultModelId);
        Assert.NotNull(reranker.GetService<ITokenCounter>());
    }

    [Fact]
    public async Task Dispose_Twice_RefusesFurtherUse()
    {
        OnnxLateInteractionReranker reranker = OnnxLateInteractionReranker.Load(TestModels.Tiny(Model));
        reranker.Dispose();
        reranker.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reranker.RerankAsync("a", ["b"]));
    }

    private static async Task<MultiVectorEmbedding> EmbedQuery(Action<JsonNode> edit)
    {
        using TemporaryModel model = TestModels.Copy(Model);
        model.Edit("config_sentence_transformers.json", edit);
        using OnnxMultiVectorEmbeddingGenerator generator = OnnxMultiVectorEmbeddingGenerator.Load(model.Path);
        return (await generator.GenerateAsync([Query], EmbeddingInputTypes.QueryOptions()))[0];
    }

    private static void WriteModules(TemporaryModel model, JsonArray skippedWords)
    {
        File.WriteAllText(model.File("modules.json"), """
            [{"type": "sentence_transformers.base.modules.transformer.Transformer", "path": ""},
             {"type": "sentence_transformers.multi_vector_encoder.modules.multi_vector_mask.MultiVectorMask", "path": "1_MultiVectorMask"},
             {"type": "sentence_transformers.base.modules.normalize.Normalize", "path": "2_Normalize"}]
            """);
        Directory.CreateDirectory(model.File("1_MultiVectorMask"));
        Directory.CreateDirectory(model.File("2_Normalize"));
        File.WriteAllText(model.File("1_MultiVectorMask/config.json"), new JsonObject { ["skiplist_words"] = skippedWords, ["skiplist_tasks"] = new JsonArray("document"), ["keep_only_token_ids"] = null }.ToJsonString());
        File.WriteAllText(model.File("2_Normalize/config.json"), """{"module_input_name": "token_embeddings"}""");
    }

    private static async Task AssertGivesTheSame(string expected, string actual)
    {
        using OnnxMultiVectorEmbeddingGenerator first = OnnxMultiVectorEmbeddingGenerator.Load(expected);
        using OnnxMultiVectorEmbeddingGenerator second = OnnxMultiVectorEmbeddingGenerator.Load(actual);
        foreach (EmbeddingGenerationOptions options in new[] { EmbeddingInputTypes.QueryOptions(), EmbeddingInputTypes.DocumentOptions() })
        {
            foreach (string text in new[] { Query, "A document, with punctuation; and more.", string.Join(' ', Enumerable.Repeat("long", 100)) })
            {
                float[] vectors = (await first.GenerateAsync([text], options))[0].Vectors.ToArray();
                float[] others = (await second.GenerateAsync([text], options))[0].Vectors.ToArray();
                AssertNumbers.Close(vectors, others, 1e-6);
            }
        }
    }
}
