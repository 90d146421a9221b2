using System.Text.Json;
using LocalRetrieval.Onnx;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.LateInteraction;

/// <summary>A late interaction encoder, a collection that keeps what it makes, and searches of it, against the scores of torch.</summary>
public sealed class StoredLateInteractionTests
{
    private static readonly string Model = TestModels.Tiny("colbert");

    [Theory]
    [InlineData(MultiVectorQuantization.None, 1e-4)]
    [InlineData(MultiVectorQuantization.Int8, 5e-2)]
    public async Task SearchAsync_TextsOfTheGolden_ScoreAsTorchScoresThem(MultiVectorQuantization quantization, double tolerance)
    {
        using OnnxMultiVectorEmbeddingGenerator generator = OnnxMultiVectorEmbeddingGenerator.Load(Model);
        foreach (JsonElement golden in TestModels.ReadJson(Path.Combine(Model, "expected.json")).Cases())
        {
            string query = golden.GetProperty("query").GetString()!;
            string[] documents = golden.GetProperty("documents").Strings();
            float[] scores = golden.GetProperty("scores").Floats();
            using LocalVectorStore store = new(new() { EmbeddingGenerator = generator });
            var passages = store.GetDynamicCollection("passages", new()
            {
                Properties =
                [
                    new VectorStoreKeyProperty("Id", typeof(int)),
                    new VectorStoreVectorProperty("Text", typeof(string), golden.GetProperty("query_vectors")[0].GetArrayLength()).WithMultiVectors(new() { Quantization = quantization }),
                ],
            });
            await passages.EnsureCollectionExistsAsync();
            await passages.UpsertAsync(documents.Select((text, id) => new Dictionary<string, object?> { ["Id"] = id, ["Text"] = text }));

            List<VectorSearchResult<Dictionary<string, object?>>> found = await passages.SearchAsync(query, 99).ToListAsync();

            Assert.Equal(documents.Length, found.Count);
            Assert.All(found, result => Assert.Equal(scores[(int)result.Record["Id"]!], result.Score!.Value, tolerance));
            Assert.Equal(found.Select(result => result.Score).OrderDescending(), found.Select(result => result.Score));
            MultiVectorEmbedding asked = await generator.GenerateQueryAsync(query);
            var stored = (IMultiVectorScores<object>)passages.GetService(typeof(IMultiVectorScores<object>))!;
            IReadOnlyList<double?> byKey = await stored.ScoreAsync(asked, [.. found.Select(result => result.Record["Id"]!)]);
            Assert.Equal(found.Select(result => result.Score), byKey);
        }
    }
}
