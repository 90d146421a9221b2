using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using LocalRetrieval.Static;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Indexing.Graphs;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed partial class GraphIndexRealVectorsTests
{
    [SharedFact]
    public void Search_VectorsOfABiEncoder_FindsNearlyAll()
    {
        float[] values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(SharedData.Path("goldens", "analysis", "vectors.f32"))).ToArray();
        float[][] rows = [.. values.Chunk(384)];
        GraphVectors vectors = new(rows[..^50]);
        GraphIndex index = GraphIndexes.Of(vectors, new GraphSettings(EfSearch: 64));

        Assert.InRange(rows.Length, 500, 2000);
        Assert.InRange(index.Recall(vectors, rows[^50..]), .97, 1);
    }

    [SharedFact]
    public async Task Search_QuestionsOverSentences_ReachesTheTargetAndWithEveryFilter()
    {
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(Path.Combine(Checkout.Root!, "models", "static"));
        BeirDataset data = BeirDataset.Read(SharedData.Path("eval", "cranfield"));
        string[] sentences = [.. data.Corpus.Values.SelectMany(text => SentenceEnd().Split(text)).Where(sentence => sentence.Length > 20).Distinct()];
        float[][] questions = [.. (await generator.GenerateAsync(data.Queries.Values.Take(120))).Select(embedding => embedding.Vector.ToArray())];
        GraphVectors vectors = new([.. (await generator.GenerateAsync(sentences)).Select(embedding => embedding.Vector.ToArray())]);
        GraphIndex index = GraphIndexes.Of(vectors);

        Assert.InRange(sentences.Length, 5000, 50_000);
        Assert.InRange(index.Recall(vectors, questions), .95, 1);
        foreach (double share in new[] { .5, .1, .01, .001 })
        {
            int step = (int)(1 / share);
            int[] anywhere = [.. Enumerable.Range(0, vectors.Count).Where(row => row * 7919L % step == 0)];

            Assert.InRange(index.Recall(vectors, questions, candidates: anywhere), .95, 1);
            Assert.InRange(index.Recall(vectors, questions, row => row * 7919L % step == 0, isFiltered: true), .95, 1);
            Assert.InRange(questions.Take(30).Average(question => index.Recall(vectors, [question], candidates: Around(vectors, question, (int)(share * vectors.Count)))), .95, 1);
            Assert.InRange(questions.Take(30).Average(question => index.Recall(vectors, [question], candidates: Around(vectors, [.. question.Select(value => -value)], (int)(share * vectors.Count)))), .95, 1);
        }
    }

    private static int[] Around(GraphVectors vectors, float[] center, int count) => [.. vectors.Nearest(center, count).Select(row => row.Row).Order()];

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();
}
