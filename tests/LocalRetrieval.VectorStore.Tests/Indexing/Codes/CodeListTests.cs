using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Codes;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Tests.Indexing.Codes;

/// <summary>Rows that match a filter, searched with an oversampling that was chosen for all rows.</summary>
public sealed class CodeListTests
{
    private const int Rows = 24_000;
    private const int Dimensions = 128;
    private const int Queries = 40;
    private const int Top = 10;
    private const int Axes = 12;

    // Rows of even numbers lie around one point, those of odd numbers around the opposite one; questions are beside the former.
    private static readonly VectorBlocks Vectors = MakeVectors();
    private static readonly float[] Questions = [.. Enumerable.Range(0, Queries).SelectMany(query => Vectors.Get(2 * query * 97).Zip(Vectors.Get(2 * query * 41), (one, other) => one + other))];
    private static readonly VectorMeasure Measure = VectorMeasure.Find(null)!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Search_RowsFarFromTheQuestions_FindsWhatTheChoiceAloneWouldNot(bool isListed)
    {
        CodeIndex chosen = Build(new() { TargetRecall = .8 });
        CodeIndex fixedToTheSame = Build(new() { Oversampling = chosen.Oversampling.Factor });
        int[] far = [.. Enumerable.Range(0, Rows / 2).Select(i => (2 * i) + 1)];

        Assert.InRange(Recall(fixedToTheSame, far, isListed), 0, .91);
        Assert.InRange(Recall(chosen, far, isListed), .95, 1);
    }

    [Fact]
    public void Search_ListAndManyQuestions_GivesEachWhatItGetsAlone()
    {
        int[] list = [.. Enumerable.Range(0, Rows).Where(row => row % 5 != 0)];
        CodeIndex serial = Build(new(), threads: 1);
        CodeIndex parallel = Build(new(), threads: 4);

        RowScore[][] alone = [.. Questions.Chunk(Dimensions).Select(question => serial.Search(Ask(question, list), default)[0])];

        Assert.Equal(alone, serial.Search(Ask(Questions, list), default));
        Assert.Equal(alone, parallel.Search(Ask(Questions, list), default));
        Assert.All(alone, found => Assert.All(found, row => Assert.Contains(row.Row, list)));
    }

    [Fact]
    public void Search_ListOfWhichAFilterTakesSome_FindsOnlyThose()
    {
        int[] list = [.. Enumerable.Range(0, Rows / 2).Select(i => (2 * i) + 1)];
        VectorIndexSearch search = Ask(Questions, list);

        RowScore[][] found = Build(new()).Search(search with { Options = search.Options with { Accepts = row => row % 3 == 0, Skip = 2 } }, default);

        Assert.All(found, rows => Assert.Equal(Top, rows.Length));
        Assert.All(found, rows => Assert.All(rows, row => Assert.Equal(3, row.Row % 6)));
    }

    private static CodeIndex Build(VectorIndexOptions options, int threads = 2)
    {
        CodeIndex index = new(Measure, Dimensions, VectorQuantization.Binary, options) { MaxThreads = threads, WholeRowsOfList = 0 };
        index.Add(Vectors, Rows, _ => true, default);
        return index;
    }

    // By a list of the rows, or by a filter that is asked of each.
    private static double Recall(CodeIndex index, int[] rows, bool isListed)
    {
        HashSet<int> matching = [.. rows];
        VectorIndexSearch listed = Ask(Questions, rows);
        VectorIndexSearch search = isListed ? listed : listed with { Candidates = null, Options = listed.Options with { Accepts = matching.Contains } };
        RowScore[][] nearest = new ExactSearch(Measure, Dimensions).SearchRows(listed.Blocks, rows, listed.Queries, listed.Options);
        return index.Search(search, default).Zip(nearest, (found, right) => found.Intersect(right).Count() / (double)Top).Average();
    }

    private static VectorIndexSearch Ask(float[] questions, int[] list) =>
        new() { Blocks = Vectors.Read(Rows), Rows = Rows, Queries = questions, Candidates = list, IsFiltered = true, Options = new() { Top = Top, Accepts = _ => true } };

    private static VectorBlocks MakeVectors()
    {
        Random random = new(3);
        float[][] axes = [.. Enumerable.Range(0, Axes + 1).Select(_ => Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() - .5f).ToArray())];
        VectorBlocks vectors = new(Dimensions, isHalf: false);
        vectors.EnsureCapacity(Rows);
        for (int row = 0; row < Rows; row++)
        {
            float side = row % 2 == 0 ? 1 : -1;
            float[] shares = [side, .. Enumerable.Range(0, Axes).Select(_ => (random.NextSingle() - .5f) * .6f)];
            vectors.Set(row, [.. Enumerable.Range(0, Dimensions).Select(i => shares.Select((share, axis) => share * axes[axis][i]).Sum())]);
        }

        return vectors;
    }
}
