using System.Text.Json;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Reranking;

/// <summary>Every shape of cross-encoder against the scores of torch.</summary>
public sealed class TinyRerankerModelTests
{
    public static TheoryData<string> Committed => TinyModelNames.Committed("rerank");

    public static TheoryData<string> Shared => TinyModelNames.Shared("rerank");

    [Theory]
    [MemberData(nameof(Committed))]
    public Task RerankAsync_CommittedModel_EqualsTorch(string name) => AssertEqualsTorch(TestModels.Tiny(name));

    [SharedTheory]
    [MemberData(nameof(Shared))]
    public Task RerankAsync_SharedModel_EqualsTorch(string name) => AssertEqualsTorch(SharedData.Path("models-tiny", name));

    [SharedFact]
    public async Task RerankAsync_ThreeLogits_RankByTheEntailmentColumn()
    {
        string folder = SharedData.Path("models-tiny", "classifier-nli");
        using OnnxTextReranker own = OnnxTextReranker.Load(folder);
        using OnnxTextReranker asked = OnnxTextReranker.Load(folder, new OnnxTextRerankerOptions { ScoreLabel = "entailment" });

        Assert.Equal(await asked.RerankAsync("a query", ["one", "two", "three"]), await own.RerankAsync("a query", ["one", "two", "three"]));
    }

    private static async Task AssertEqualsTorch(string folder)
    {
        JsonElement[] cases = TestModels.ReadJson(Path.Combine(folder, "expected.json")).Cases();
        int columns = cases[0].GetProperty("scores")[0].ValueKind == JsonValueKind.Array ? cases[0].GetProperty("scores")[0].GetArrayLength() : 1;

        Assert.NotEmpty(cases);
        for (int column = 0; column < columns; column++)
        {
            // Several columns are several labels: each can be asked for.
            string? label = columns == 1 ? null : TestModels.ReadJson(Path.Combine(folder, "config.json")).GetProperty("id2label").GetProperty($"{column}").GetString();
            using OnnxTextReranker reranker = OnnxTextReranker.Load(folder, new OnnxTextRerankerOptions { ScoreLabel = label });
            foreach (JsonElement golden in cases)
            {
                float[] scores = [.. golden.GetProperty("scores").EnumerateArray().Select(row => row.ValueKind == JsonValueKind.Array ? row[column].GetSingle() : row.GetSingle())];

                RerankingResult result = await reranker.RerankAsync(golden.GetProperty("query").GetString()!, golden.GetProperty("documents").Strings());

                Assert.Equal(scores.Length, result.Count);
                Assert.All(result, document => Assert.Equal(scores[document.Index], document.Score, 1e-4f));
                Assert.Equal(result.OrderByDescending(document => document.Score).Select(document => document.Score), result.Select(document => document.Score));
            }
        }
    }
}
