using System.Numerics.Tensors;
using System.Text.Json;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Static.Tests.Retrieval;

/// <summary>Retrieval with the embedded static model beside model2vec's.</summary>
public sealed class StaticRetrievalTests
{
    [SharedTheory]
    [InlineData("scifact")]
    [InlineData("cranfield")]
    public async Task GenerateAsync_DataSet_RetrievesAsModel2VecDoes(string dataset)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("goldens", "embedded", "retrieval.json")));
        double expected = golden.RootElement.GetProperty("sets").GetProperty(dataset).GetProperty("static_ndcg10").GetDouble();
        BeirDataset data = BeirDataset.Read(SharedData.Path("eval", dataset));
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(LocalModels.Static.Locate());
        GeneratedEmbeddings<Embedding<float>> documents = await generator.GenerateAsync(data.Corpus.Values);
        GeneratedEmbeddings<Embedding<float>> queries = await generator.GenerateAsync(data.Queries.Values);
        string[] keys = [.. data.Corpus.Keys];

        double actual = data.Queries.Keys.Zip(queries).Average(query =>
        {
            float[] similarities = [.. documents.Select(document => TensorPrimitives.Dot(document.Vector.Span, query.Second.Vector.Span))];
            return Ndcg.At(10, Enumerable.Range(0, keys.Length).OrderByDescending(i => similarities[i]).Select(i => keys[i]), data.Qrels[query.First]);
        });

        Assert.Equal(expected, actual, 5e-6);
    }
}
