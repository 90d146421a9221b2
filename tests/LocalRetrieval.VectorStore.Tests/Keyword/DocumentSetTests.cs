using LocalRetrieval.VectorData.Keyword;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class DocumentSetTests
{
    [Fact]
    public void With_RandomDocuments_IsTheUnionAndLeavesTheOldSet()
    {
        Random random = new(8);
        List<(DocumentSet Set, HashSet<int> Expected)> generations = [(DocumentSet.Empty, [])];
        for (int round = 0; round < 30; round++)
        {
            int[] added = [.. Enumerable.Range(0, random.Next(50)).Select(_ => random.Next(20_000))];
            generations.Add((generations[^1].Set.With(added), [.. generations[^1].Expected, .. added]));
        }

        Assert.All(generations, generation =>
        {
            Assert.Equal(generation.Expected.Count, generation.Set.Count);
            Assert.Equal(generation.Expected.Order(), Enumerable.Range(0, 25_000).Where(generation.Set.Contains));
        });
    }
}
