using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class SparseIndexTests
{
    [Fact]
    public void Search_AfterRandomUpdates_IsTheNaiveDotProduct()
    {
        Random random = new(2);
        Dictionary<int, IReadOnlyList<KeyValuePair<int, float>>> vectors = [];
        SparseIndex index = SparseIndex.Empty;
        for (int round = 0; round < 50; round++)
        {
            int[] removed = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(6000))];
            Dictionary<int, IReadOnlyList<KeyValuePair<int, float>>> added = Enumerable.Range(0, round == 3 ? 5000 : random.Next(60))
                .Select(_ => random.Next(6000)).Distinct().ToDictionary(row => row, _ => Vector(random, 0));
            index = index.Update(removed, added);
            Array.ForEach(removed, row => vectors.Remove(row));
            foreach ((int row, IReadOnlyList<KeyValuePair<int, float>> vector) in added)
            {
                vectors[row] = vector;
            }

            IReadOnlyList<KeyValuePair<int, float>> query = Vector(random, 1);
            RowScore[] found = index.Search(query, new() { Top = 10_000 });

            Dictionary<int, double> expected = vectors.ToDictionary(pair => pair.Key, pair => Dot(query, pair.Value)).Where(pair => pair.Value > 0).ToDictionary();
            Assert.Equal(vectors.Count, index.Count);
            Assert.Equal(expected.Count, found.Length);
            Assert.All(found, row => Assert.Equal(expected[row.Row], row.Score, 1e-5));
            Assert.Equal(found.OrderByDescending(row => row.Score).ThenBy(row => row.Row).Take(10), index.Search(query, new() { Top = 10 }));
        }
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Update_BadWeight_Throws(float weight)
    {
        Assert.Throws<ArgumentException>(() => SparseIndex.Empty.Update([], [new(1, [new(3, weight)])]));
        Assert.Throws<ArgumentException>(() => SparseIndex.Empty.Search([new(3, weight)], new() { Top = 1 }));
    }

    [Fact]
    public void Update_IdOrRowTwice_Throws()
    {
        Assert.Throws<ArgumentException>(() => SparseIndex.Empty.Update([], [new(1, [new(3, 1), new(3, 2)])]));
        Assert.Throws<ArgumentException>(() => SparseIndex.Empty.Update([], [new(1, [new(3, 1)]), new(1, [new(4, 1)])]));
    }

    private static IReadOnlyList<KeyValuePair<int, float>> Vector(Random random, int least) =>
        [.. Enumerable.Range(0, random.Next(least, 20)).Select(_ => random.Next(300)).Distinct().Select(id => KeyValuePair.Create(id, random.Next(4) * random.NextSingle()))];

    private static double Dot(IEnumerable<KeyValuePair<int, float>> x, IEnumerable<KeyValuePair<int, float>> y) =>
        x.Join(y, item => item.Key, item => item.Key, (a, b) => (double)a.Value * b.Value).Sum();
}
