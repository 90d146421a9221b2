using LocalRetrieval.Static;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Codes;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Codes;

/// <summary>What codes find of what an exact search finds: on sentences and questions of Cranfield, and on vectors that need no data.</summary>
public sealed class CodeRecallTests
{
    private const int Depth = 10;

    [SharedTheory]
    [InlineData(VectorQuantization.Half, DistanceFunction.CosineSimilarity, 0.95, 0.995)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.CosineSimilarity, 0.95, 0.99)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.EuclideanDistance, 0.95, 0.99)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.ManhattanDistance, 0.95, 0.97)]
    [InlineData(VectorQuantization.Binary, DistanceFunction.CosineSimilarity, 0.95, 0.94)]
    [InlineData(VectorQuantization.Binary, DistanceFunction.EuclideanDistance, 0.95, 0.94)]
    [InlineData(VectorQuantization.Binary, DistanceFunction.CosineSimilarity, 0.99, 0.98)]
    public async Task Search_Questions_FindsTheTargetedShare(VectorQuantization quantization, string function, double target, double expected)
    {
        (float[] rows, float[] queries, int dimensions) = await SentencesAndQuestionsAsync();
        CodeIndex index = new(VectorMeasure.Find(function)!, dimensions, quantization, new() { TargetRecall = target });

        double recall = Recall(index, VectorMeasure.Find(function)!, rows, queries, dimensions);

        Assert.InRange(recall, expected, 1);
        // What the index measured on its own vectors is what questions find.
        Assert.InRange(index.Oversampling.Recall, recall - 0.03, recall + 0.03);
        Assert.InRange(index.Oversampling.Factor, 1, 40);
    }

    [SharedFact]
    public async Task Search_QuestionsWithoutRescoring_FindsNearlyAll()
    {
        (float[] rows, float[] queries, int dimensions) = await SentencesAndQuestionsAsync();
        CodeIndex index = new(VectorMeasure.Find(null)!, dimensions, VectorQuantization.Int8, new() { Rescoring = false });

        Assert.InRange(Recall(index, VectorMeasure.Find(null)!, rows, queries, dimensions, byRow: true), 0.98, 1);
    }

    [Theory]
    [InlineData(VectorQuantization.Half, DistanceFunction.CosineSimilarity)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.CosineSimilarity)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.DotProductSimilarity)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.EuclideanSquaredDistance)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.ManhattanDistance)]
    [InlineData(VectorQuantization.Int8, DistanceFunction.HammingDistance)]
    [InlineData(VectorQuantization.Binary, DistanceFunction.CosineSimilarity)]
    [InlineData(VectorQuantization.Binary, DistanceFunction.DotProductSimilarity)]
    [InlineData(VectorQuantization.Binary, DistanceFunction.EuclideanSquaredDistance)]
    public void Search_ClusteredVectors_FindsTheTargetedShare(VectorQuantization quantization, string function)
    {
        const int Dimensions = 96;
        Random random = new(1);
        float[][] centers = [.. Enumerable.Range(0, 60).Select(_ => Noise(random, Dimensions))];
        float[] rows = [.. Enumerable.Range(0, 6000).SelectMany(_ => Around(centers[random.Next(centers.Length)], random))];
        float[] queries = [.. Enumerable.Range(0, 60).SelectMany(_ => Around(centers[random.Next(centers.Length)], random))];
        CodeIndex index = new(VectorMeasure.Find(function)!, Dimensions, quantization, new());

        Assert.InRange(Recall(index, VectorMeasure.Find(function)!, rows, queries, Dimensions), 0.93, 1);
    }

    private static double Recall(CodeIndex index, VectorMeasure measure, float[] rows, float[] queries, int dimensions, bool byRow = false)
    {
        int count = rows.Length / dimensions;
        VectorBlocks vectors = new(dimensions, isHalf: false);
        vectors.EnsureCapacity(count);
        for (int row = 0; row < count; row++)
        {
            vectors.Set(row, rows.AsSpan(row * dimensions, dimensions));
        }

        index.Add(vectors, count, _ => true, default);
        VectorIndexSearch search = new() { Blocks = vectors.Read(count), Rows = count, Queries = queries, Options = new() { Top = Depth, Accepts = _ => true } };
        RowScore[][] found = index.Search(search, default);
        RowScore[][] exact = new ExactSearch(measure, dimensions).Search(search.Blocks, search.Queries, search.Options);
        Assert.NotEmpty(found);
        return found.Zip(exact, (own, best) => own.Count(row => byRow ? best.Any(other => other.Row == row.Row) : measure.Passes(row.Score, best[^1].Score)) / (double)Depth).Average();
    }

    private static async Task<(float[] Rows, float[] Queries, int Dimensions)> SentencesAndQuestionsAsync()
    {
        BeirDataset cranfield = BeirDataset.Read(SharedData.Path("eval", "cranfield"));
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(Checkout.Path("models", "static"));
        string[] sentences = [.. cranfield.Corpus.Values.SelectMany(text => text.Split(". ", StringSplitOptions.RemoveEmptyEntries)).Where(text => text.Length > 20).Distinct()];
        GeneratedEmbeddings<Embedding<float>> rows = await generator.GenerateAsync(sentences);
        GeneratedEmbeddings<Embedding<float>> queries = await generator.GenerateAsync(cranfield.Queries.Values);
        return ([.. rows.SelectMany(row => row.Vector.ToArray())], [.. queries.SelectMany(query => query.Vector.ToArray())], rows[0].Vector.Length);
    }

    private static float[] Noise(Random random, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - 0.5f)];

    private static float[] Around(float[] center, Random random) => [.. center.Select(value => random.Next(2) == 0 ? value : value + (0.3f * (random.NextSingle() - 0.5f)))];
}
