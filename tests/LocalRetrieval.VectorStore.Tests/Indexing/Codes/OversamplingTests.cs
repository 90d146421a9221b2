using LocalRetrieval.VectorData.Indexing.Codes;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Codes;

public sealed class OversamplingTests
{
    private const int Dimensions = 32;

    [Theory]
    [InlineData(2.5, false, 1, 3)]
    [InlineData(2.5, false, 10, 25)]
    [InlineData(2.5, true, 10, 25)]
    [InlineData(2.5, true, 1, 25)]
    [InlineData(30, true, 1, 300)]
    [InlineData(30, true, 100, 3000)]
    [InlineData(40, true, int.MaxValue, int.MaxValue)]
    public void CandidatesFor_Kept_IsItsMultipleOrThatOfTen(double factor, bool isChosen, int kept, int expected) =>
        Assert.Equal(expected, new Oversampling(factor, isChosen).CandidatesFor(kept));

    [Fact]
    public void Add_SameRowsAndSeed_ChoosesTheSame()
    {
        VectorBlocks vectors = Vectors(3000);
        Oversampling[] chosen = [Choose(vectors, 3000, new() { Seed = 1, TargetRecall = 0.7 }), Choose(vectors, 3000, new() { Seed = 1, TargetRecall = 0.7 })];

        Assert.Equal(chosen[0], chosen[1]);
        Assert.True(chosen[0].IsChosen);
        Assert.Equal(3000, chosen[0].Rows);
        Assert.InRange(chosen[0].Recall, 0.7, 1);
        Assert.InRange(chosen[0].Factor, 1, 39);
    }

    [Fact]
    public void Add_HigherTarget_ChoosesMore()
    {
        VectorBlocks vectors = Vectors(3000);

        Assert.True(Choose(vectors, 3000, new() { TargetRecall = 0.99 }).Factor > Choose(vectors, 3000, new() { TargetRecall = 0.6 }).Factor);
    }

    [Fact]
    public void Add_AQuarterMoreRows_ChoosesAnew()
    {
        VectorBlocks vectors = Vectors(2500);
        CodeIndex index = new(VectorMeasure.Find(null)!, Dimensions, VectorQuantization.Binary, new());

        Assert.Equal([0, 1100, 1100, 1280, 2200], new[] { 900, 1100, 1279, 1280, 2200 }.Select(rows =>
        {
            index.Add(vectors, rows, _ => true, default);
            return index.Oversampling.Rows;
        }));
        Assert.Equal(index.Oversampling, ((CodeIndex)index.Renumber([.. Enumerable.Range(0, 2200)], vectors, default)).Oversampling);
    }

    [Fact]
    public void Add_OversamplingGivenOrNothingToRescore_MeasuresNothing()
    {
        VectorBlocks vectors = Vectors(2000);

        Assert.Equal(new Oversampling(3, IsChosen: false), Choose(vectors, 2000, new() { Oversampling = 3 }));
        Assert.Equal(new Oversampling(1, IsChosen: false), Choose(vectors, 2000, new() { Rescoring = false }));
    }

    [Theory]
    [InlineData(DistanceFunction.HammingDistance)]
    [InlineData(DistanceFunction.CosineSimilarity)]
    public void Add_RowsThatAreAllZeroOrEqual_ChoosesWithinTheBounds(string function)
    {
        foreach (float value in new[] { 0f, 1f, 3e38f })
        {
            VectorBlocks vectors = new(Dimensions, isHalf: false);
            vectors.EnsureCapacity(2000);
            for (int row = 0; row < 2000; row++)
            {
                vectors.Set(row, [.. Enumerable.Repeat(value, Dimensions)]);
            }

            CodeIndex index = new(VectorMeasure.Find(function)!, Dimensions, VectorQuantization.Int8, new());
            index.Add(vectors, 2000, _ => true, default);

            Assert.InRange(index.Oversampling.Factor, 1, 40);

            // Rows that say nothing are not measured again before there are more.
            Assert.Equal(2000, index.Oversampling.Rows);
        }
    }

    private static Oversampling Choose(VectorBlocks vectors, int rows, VectorIndexOptions options)
    {
        CodeIndex index = new(VectorMeasure.Find(null)!, Dimensions, VectorQuantization.Binary, options);
        index.Add(vectors, rows, _ => true, default);
        return index.Oversampling;
    }

    private static VectorBlocks Vectors(int rows)
    {
        Random random = new(1);
        VectorBlocks vectors = new(Dimensions, isHalf: false);
        vectors.EnsureCapacity(rows);
        for (int row = 0; row < rows; row++)
        {
            vectors.Set(row, [.. Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() - 0.5f)]);
        }

        return vectors;
    }
}
