using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class SparseIndexTests
{
    [Fact]
    public void Search_AfterRandomUpdates_IsTheNaiveDotProduct()
    {
        Random random = new(2);
        Dictionary<int, SparseEmbedding> vectors = [];
        SparseIndex index = SparseIndex.Empty;
        for (int round = 0; round < 50; round++)
        {
            int[] removed = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(6000))];
            Dictionary<int, SparseEmbedding> added = Enumerable.Range(0, round == 3 ? 5000 : random.Next(60))
                .Select(_ => random.Next(6000)).Distinct().ToDictionary(row => row, _ => SparseVectors.Random(random, 300));
            index = index.Update(removed, added);
            Array.ForEach(removed, row => vectors.Remove(row));
            foreach ((int row, SparseEmbedding vector) in added)
            {
                vectors[row] = vector;
            }

            SparseEmbedding query = SparseVectors.Random(random, 300);
            RowScore[] found = index.Search(query, new() { Top = 10_000 });

            Dictionary<int, double> expected = vectors.ToDictionary(pair => pair.Key, pair => SparseVectors.Dot(query, pair.Value)).Where(pair => pair.Value > 0).ToDictionary();
            Assert.Equal(vectors.Count, index.Count);
            Assert.Equal(expected.Count, found.Length);
            Assert.All(found, row => Assert.Equal(expected[row.Row], row.Score, 1e-5));
            Assert.Equal(found.OrderByDescending(row => row.Score).ThenBy(row => row.Row).Take(10), index.Search(query, new() { Top = 10 }));
        }
    }

    [Fact]
    public void Gather_AfterRandomUpdates_GivesTheVectors()
    {
        Random random = new(3);
        Dictionary<int, SparseEmbedding> vectors = [];
        SparseIndex index = SparseIndex.Empty;
        long ever = 0;
        for (int round = 0; round < 40; round++)
        {
            int[] removed = [.. Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(1000))];
            Dictionary<int, SparseEmbedding> added = Enumerable.Range(0, random.Next(80)).Select(_ => random.Next(1000)).Distinct().ToDictionary(row => row, _ => SparseVectors.Random(random, 300));
            index = index.Update(removed, added);
            ever += added.Values.Sum(Weights);
            Array.ForEach(removed, row => vectors.Remove(row));
            foreach ((int row, SparseEmbedding vector) in added)
            {
                vectors[row] = vector;
            }

            int first = random.Next(900);
            Dictionary<int, SparseEmbedding> gathered = index.Gather(first, first + 100, dimensions: 300);

            Assert.Equal(vectors.Keys.Where(row => row >= first && row < first + 100).Order(), gathered.Keys.Order());
            Assert.All(gathered, vector => Assert.Equal(vectors[vector.Key].ToDense(), vector.Value.ToDense()));
            Assert.All(gathered, vector => Assert.DoesNotContain(0f, vector.Value.Weights.ToArray()));
        }

        Assert.InRange(index.Postings, vectors.Values.Sum(Weights), ever);

        static int Weights(SparseEmbedding vector) => vector.Weights.ToArray().Count(weight => weight > 0);
    }

    [Fact]
    public void Update_RowTwice_Throws() =>
        Assert.Throws<ArgumentException>(() => SparseIndex.Empty.Update([], [new(1, SparseVectors.Of((3, 1))), new(1, SparseVectors.Of((4, 1)))]));

    [Fact]
    public void Renumber_Rows_FindsThemUnderOtherNumbers()
    {
        SparseIndex index = SparseIndex.Empty.Update([], [new(1, SparseVectors.Of((3, 1))), new(5, SparseVectors.Of((3, 2))), new(7, SparseVectors.Of((3, 4)))]).Update([5], []);

        SparseIndex renumbered = index.Renumber([9, 0, 9, 9, 9, 9, 9, 1]);

        Assert.Equal([new(1, 4), new(0, 1)], renumbered.Search(SparseVectors.Of((3, 1)), new() { Top = 9 }));
        Assert.Equal([new(7, 4), new(1, 1)], index.Search(SparseVectors.Of((3, 1)), new() { Top = 9 }));
    }
}
