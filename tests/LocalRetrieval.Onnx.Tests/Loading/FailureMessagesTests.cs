using System.Globalization;
using System.Text.Json.Nodes;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.Loading;

/// <summary>Walks through what can go wrong with a folder or a request, and reads what is said of it.</summary>
public sealed class FailureMessagesTests
{
    private static readonly string?[] Oddities = [null, "\"\"", "\"odd\"", "[]", "{}", "-1", "1"];

    public static TheoryData<string, string> Files => new()
    {
        { "bert-cls-prompt", "config.json" },
        { "bert-cls-prompt", "modules.json" },
        { "bert-cls-prompt", "sentence_bert_config.json" },
        { "bert-cls-prompt", "config_sentence_transformers.json" },
        { "bert-cls-prompt", "1_Pooling/config.json" },
        { "dense-tanh", "2_Dense/config.json" },
        { "reranker-two-logits", "config.json" },
        { "splade-mlm", "modules.json" },
        { "splade-mlm", "1_SpladePooling/config.json" },
        { "colbert", "config_sentence_transformers.json" },
        { "colbert", "modules.json" },
    };

    // Each field of a file, one after another, is left out, or holds what it should not.
    [Theory]
    [MemberData(nameof(Files))]
    public void Load_OddFields_AreReadOrToldOf(string name, string file)
    {
        using TemporaryModel model = TestModels.Copy(name);
        string content = File.ReadAllText(model.File(file));
        List<string> unread = [];
        foreach (string path in Paths(JsonNode.Parse(content)!))
        {
            foreach (string? oddity in Oddities)
            {
                File.WriteAllText(model.File(file), Replace(content, path, oddity));
                if (Problem(() => Load(name, model.Path), model.Path) is { } problem)
                {
                    unread.Add($"{path} = {oddity ?? "nothing"}: {problem}");
                }
            }
        }

        Assert.True(unread.Count == 0, string.Join('\n', unread));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_OddFiles_AreReadOrToldOf(string name, string file)
    {
        using TemporaryModel model = TestModels.Copy(name);
        foreach (string content in new[] { "", "{", "{}", "[]", "null", "\"\"", "[null]", "[{}]", "\uFEFF{}", "{\"a\": 1, \"a\": 2}" })
        {
            File.WriteAllText(model.File(file), content);
            AssertNoProblem(name, model.Path);
        }

        File.Delete(model.File(file));
        AssertNoProblem(name, model.Path);
    }

    [Fact]
    public async Task GenerateAsync_RequestsThatCannotBeMet_AreToldOf()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(TestModels.Tiny("bert-cls-prompt"), new() { Truncation = TruncationPolicy.Throw });
        EmbeddingGenerationOptions Role(object role) => new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = role } };

        await AssertTold(() => generator.GenerateAsync(null!));
        await AssertTold(() => generator.GenerateAsync(["a", null!]));
        await AssertTold(() => generator.GenerateAsync(["a", "\uD800"]));
        await AssertTold(() => generator.GenerateAsync([string.Join(' ', Enumerable.Repeat("long", 600))]));
        await AssertTold(() => generator.GenerateAsync(["a"], Role("odd")));
        await AssertTold(() => generator.GenerateAsync(["a"], Role(7)));
        await AssertTold(() => generator.GenerateAsync(["a"], new() { Dimensions = 0 }));
        await AssertTold(() => generator.GenerateAsync(["a"], new() { Dimensions = 33 }));
        generator.Dispose();
        await AssertTold(() => generator.GenerateAsync(["a"]));
    }

    [Fact]
    public async Task GenerateAsync_OtherKindsRequestsThatCannotBeMet_AreToldOf()
    {
        using OnnxSparseEmbeddingGenerator sparse = OnnxSparseEmbeddingGenerator.Load(TestModels.Tiny("splade-mlm"));
        using OnnxMultiVectorEmbeddingGenerator tokens = OnnxMultiVectorEmbeddingGenerator.Load(TestModels.Tiny("colbert"));
        using OnnxTextReranker reranker = OnnxTextReranker.Load(TestModels.Tiny("reranker-two-logits"));
        foreach (string role in new[] { "odd", "" })
        {
            await AssertTold(() => tokens.GenerateAsync(["a"], new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = role } }));
        }

        await AssertTold(() => sparse.GenerateAsync(["a"], new() { AdditionalProperties = new() { [EmbeddingPropertyNames.InputType] = "odd" } }));
        await AssertTold(() => sparse.GenerateAsync(["a"], new() { Dimensions = 7 }));
        await AssertTold(() => tokens.GenerateAsync(["a"], new() { Dimensions = 7 }));
        await AssertTold(() => reranker.RerankAsync(null!, []));
        await AssertTold(() => reranker.RerankAsync("\uD800", ["a"]));
        await AssertTold(() => reranker.RerankAsync("a", ["b", null!]));
    }

    [Fact]
    public void Load_OptionsThatCannotBeMet_AreToldOf()
    {
        string path = TestModels.Tiny("bert-cls-prompt");

        AssertToldNow(() => OnnxEmbeddingGenerator.Load(path, new() { MaxTokens = 3 }));
        AssertToldNow(() => OnnxEmbeddingGenerator.Load(path, new() { MaxTokens = 513 }));
        AssertToldNow(() => OnnxEmbeddingGenerator.Load(path, new() { MatryoshkaDimensions = [64] }));
        AssertToldNow(() => OnnxEmbeddingGenerator.Load(path, new() { Truncation = TruncationPolicy.ChunkAndPool, ChunkOverlap = 500 }));
        AssertToldNow(() => OnnxEmbeddingGenerator.Load(path, new() { GraphFile = "other.onnx" }));
        AssertToldNow(() => OnnxTextReranker.Load(TestModels.Tiny("reranker-two-logits"), new() { ScoreLabel = "odd" }));
        AssertToldNow(() => OnnxTextReranker.Load(TestModels.Tiny("reranker-two-logits"), new() { MaxTokens = 3 }));
        AssertToldNow(() => OnnxMultiVectorEmbeddingGenerator.Load(TestModels.Tiny("colbert"), new() { MaxTokens = 3 }));
    }

    private static IDisposable Load(string name, string path) => name switch
    {
        "reranker-two-logits" => OnnxTextReranker.Load(path),
        "splade-mlm" => OnnxSparseEmbeddingGenerator.Load(path),
        "colbert" => OnnxMultiVectorEmbeddingGenerator.Load(path),
        _ => OnnxEmbeddingGenerator.Load(path),
    };

    // Null where the folder loads, or the error names a file or the folder and can be read.
    private static string? Problem(Func<IDisposable> load, string folder)
    {
        try
        {
            load().Dispose();
            return null;
        }
        catch (Exception exception) when (exception is InvalidDataException or FileNotFoundException && exception.Message.Contains(folder, StringComparison.Ordinal))
        {
            return ErrorMessages.FindUnreadable(exception);
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    private static void AssertNoProblem(string name, string folder)
    {
        string? problem = Problem(() => Load(name, folder), folder);
        Assert.True(problem is null, problem);
    }

    private static async Task AssertTold(Func<Task> request) => ErrorMessages.AssertReadable((await Record.ExceptionAsync(request))!);

    private static void AssertToldNow(Func<IDisposable> load) => ErrorMessages.AssertReadable(Record.Exception(() => load())!);

    private static IEnumerable<string> Paths(JsonNode node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => (field.Value is null ? [] : Paths(field.Value)).Select(path => $"/{field.Key}{path}").Prepend($"/{field.Key}")),
        JsonArray items => items.SelectMany((item, index) => (item is null ? [] : Paths(item)).Select(path => $"/{index}{path}").Prepend($"/{index}")).Take(8),
        _ => [],
    };

    private static string Replace(string json, string path, string? value)
    {
        JsonNode root = JsonNode.Parse(json)!;
        string[] keys = path.Split('/')[1..];
        JsonNode parent = keys[..^1].Aggregate(root, (node, key) => node is JsonArray ? node[int.Parse(key, CultureInfo.InvariantCulture)]! : node[key]!);
        if (parent is JsonArray items)
        {
            int index = int.Parse(keys[^1], CultureInfo.InvariantCulture);
            items.RemoveAt(index);
            if (value is not null)
            {
                items.Insert(index, JsonNode.Parse(value));
            }
        }
        else if (value is null)
        {
            parent.AsObject().Remove(keys[^1]);
        }
        else
        {
            parent[keys[^1]] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }
}
