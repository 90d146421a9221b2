using System.Text.Json;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Tests.LateInteraction;

/// <summary>Late interaction against the vectors and scores of torch.</summary>
public sealed class TinyLateInteractionModelTests
{
    public static TheoryData<string> Committed => TinyModelNames.Committed("late-interaction");

    public static TheoryData<string> Shared => TinyModelNames.Shared("late-interaction");

    [Theory]
    [MemberData(nameof(Committed))]
    public Task GenerateAsync_CommittedModel_EqualsTorch(string name) => AssertEqualsTorch(TestModels.Tiny(name));

    [SharedTheory]
    [MemberData(nameof(Shared))]
    public Task GenerateAsync_SharedModel_EqualsTorch(string name) => AssertEqualsTorch(SharedData.Path("models-tiny", name));

    private static async Task AssertEqualsTorch(string folder)
    {
        JsonElement[] cases = TestModels.ReadJson(Path.Combine(folder, "expected.json")).Cases();
        using OnnxMultiVectorEmbeddingGenerator generator = OnnxMultiVectorEmbeddingGenerator.Load(folder);
        using OnnxLateInteractionReranker reranker = OnnxLateInteractionReranker.Load(folder);

        Assert.NotEmpty(cases);
        foreach (JsonElement golden in cases)
        {
            string query = golden.GetProperty("query").GetString()!;
            string[] documents = golden.GetProperty("documents").Strings();
            float[] scores = golden.GetProperty("scores").Floats();

            MultiVectorEmbedding queryVectors = (await generator.GenerateAsync([query], EmbeddingInputTypes.QueryOptions()))[0];
            GeneratedEmbeddings<MultiVectorEmbedding> documentVectors = await generator.GenerateAsync(documents, EmbeddingInputTypes.DocumentOptions());
            RerankingResult ranked = await reranker.RerankAsync(query, documents);

            AssertClose(golden.GetProperty("query_vectors"), queryVectors);
            Assert.Equal(golden.GetProperty("document_token_counts").EnumerateArray().Select(count => count.GetInt32()), documentVectors.Select(vectors => vectors.Count));
            foreach ((JsonElement expected, int i) in golden.GetProperty("document_vectors").EnumerateArray().Select((vectors, i) => (vectors, i)))
            {
                AssertClose(expected, documentVectors[i]);
            }

            Assert.All(Enumerable.Range(0, documents.Length), i => Assert.Equal(scores[i], MaxSim.Score(queryVectors, documentVectors[i]), 1e-4f));
            Assert.Equal(Enumerable.Range(0, documents.Length).OrderByDescending(i => scores[i]), ranked.Select(document => document.Index));
            Assert.All(ranked, document => Assert.Equal(scores[document.Index], document.Score, 1e-4f));
        }
    }

    private static void AssertClose(JsonElement expected, MultiVectorEmbedding actual)
    {
        JsonElement[] rows = [.. expected.EnumerateArray()];
        Assert.Equal(rows.Length, actual.Count);
        for (int row = 0; row < rows.Length; row++)
        {
            AssertNumbers.Close(rows[row].Floats(), actual[row].ToArray(), 1e-4);
        }
    }
}
