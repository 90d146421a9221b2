using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Codes;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Indexing.Codes;

public sealed class CodeIndexTests
{
    public static TheoryData<VectorQuantization, string> Kinds => CodeKinds.Theory;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_EveryMatchAskedFor_IsTheExactSearchBitForBit(VectorQuantization quantization, string function)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            Case shape = new(new Random(seed), quantization, function, isHalf: seed % 3 == 0 && quantization != VectorQuantization.Half);
            RowSearchOptions options = shape.Options with { Top = shape.Rows + 1 };

            Assert.Equal(shape.SearchExactly(options, shape.Candidates), shape.Search(options, shape.Candidates));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_SomeOfManyRows_GivesTheirExactScoresInOrder(VectorQuantization quantization, string function)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            Case shape = new(new Random(seed), quantization, function, isHalf: false);
            RowSearchOptions options = shape.Options with { Top = 3, Skip = seed % 3 };
            RowScore[][] all = shape.SearchExactly(options with { Top = shape.Rows + 1, Skip = 0 }, shape.Candidates);

            RowScore[][] found = shape.Search(options, shape.Candidates);

            Assert.Equal(all.Length, found.Length);
            for (int query = 0; query < found.Length; query++)
            {
                Assert.Equal(Math.Min(3, Math.Max(0, all[query].Length - options.Skip)), found[query].Length);
                Assert.All(found[query], row => Assert.Contains(row, all[query]));
                Assert.Equal(found[query].OrderBy(row => Array.IndexOf(all[query], row)), found[query]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_OneQueryAloneOrAnyNumberOfThreads_GivesTheSame(VectorQuantization quantization, string function)
    {
        const int Rows = 20_000;
        const int Dimensions = 40;
        const int Queries = 35;
        Random random = new(5);
        VectorBlocks vectors = Vectors(random, Rows, Dimensions, values: 3);
        ReadOnlyMemory<float> queries = Values(random, Queries * Dimensions, values: 3);
        VectorIndexOptions options = new() { Oversampling = 2 };
        CodeIndex serial = new(VectorMeasure.Find(function)!, Dimensions, quantization, options) { MaxThreads = 1 };
        CodeIndex parallel = new(VectorMeasure.Find(function)!, Dimensions, quantization, options) { MaxThreads = 4 };
        serial.Add(vectors, Rows, _ => true, default);
        parallel.Add(vectors, Rows - 700, _ => true, default);
        parallel.Add(vectors, Rows, _ => true, default);
        VectorIndexSearch search = new() { Blocks = vectors.Read(Rows), Rows = Rows, Queries = queries, Options = new() { Top = 20, Skip = 3, Accepts = row => row % 3 != 0 } };

        RowScore[][] expected = serial.Search(search, default);

        Assert.Equal(expected, parallel.Search(search, default));
        Assert.Equal(expected, Enumerable.Range(0, Queries).Select(query => parallel.Search(search with { Queries = queries.Slice(query * Dimensions, Dimensions) }, default)[0]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_WithoutRescoring_ReadsNoWholeVector(VectorQuantization quantization, string function)
    {
        const int Rows = 3000;
        const int Dimensions = 40;
        Random random = new(6);
        VectorBlocks vectors = Vectors(random, Rows, Dimensions);
        CodeIndex index = new(VectorMeasure.Find(function)!, Dimensions, quantization, new() { Rescoring = false });
        index.Add(vectors, Rows, _ => true, default);
        VectorIndexSearch search = new() { Blocks = [], Rows = Rows, Queries = Values(random, Dimensions), Options = new() { Top = 30, Accepts = row => row % 2 == 0 } };
        VectorMeasure measure = VectorMeasure.Find(function)!;

        RowScore[] found = index.Search(search, default)[0];
        RowScore[] skipped = index.Search(search with { Options = search.Options with { Top = 23, Skip = 7, ScoreThreshold = found[20].Score } }, default)[0];
        RowScore[] listed = index.Search(search with { Candidates = [2, 4, 6, 9] }, default)[0];

        Assert.Equal(30, found.Length);
        Assert.All(found, row => Assert.Equal(0, row.Row % 2));
        Assert.Equal(found.OrderBy(row => measure.HigherIsNearer ? -row.Score : row.Score).ThenBy(row => row.Row), found);
        Assert.Equal(found.Skip(7).TakeWhile(row => measure.Passes(row.Score, found[20].Score)), skipped);
        Assert.Equal([2, 4, 6], listed.Select(row => row.Row).Order());
    }

    [Fact]
    public void Search_WithoutRescoringAndBehindTheRows_ComparesLaterOnesExactly()
    {
        const int Dimensions = 16;
        Random random = new(8);
        VectorBlocks vectors = Vectors(random, 200, Dimensions);
        CodeIndex index = new(VectorMeasure.Find(DistanceFunction.EuclideanDistance)!, Dimensions, VectorQuantization.Int8, new() { Rescoring = false });
        index.Add(vectors, 150, _ => true, default);

        RowScore[] found = index.Search(new() { Blocks = vectors.Read(200), Rows = 200, Queries = vectors.Get(180), Options = new() { Top = 200, Accepts = _ => true } }, default)[0];

        Assert.Equal(200, found.Length);
        Assert.Equal(new RowScore(180, 0), found[0]);
        Assert.Equal(Enumerable.Range(0, 200), found.Select(row => row.Row).Order());
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(401, false)]
    public void Search_ListOfFewRows_IsComparedWhole(int rows, bool isExact)
    {
        const int Dimensions = 64;
        VectorBlocks vectors = Vectors(new Random(14), 3000, Dimensions);
        VectorMeasure measure = VectorMeasure.Find(null)!;
        CodeIndex index = new(measure, Dimensions, VectorQuantization.Binary, new() { Oversampling = 1 }) { WholeRowsOfList = 400 };
        index.Add(vectors, 3000, _ => true, default);
        int[] list = [.. Enumerable.Range(0, rows).Select(i => 7 * i)];
        RowSearchOptions options = new() { Top = 10, Accepts = _ => true };
        VectorIndexSearch search = new() { Blocks = vectors.Read(3000), Rows = 3000, Queries = Values(new Random(15), 30 * Dimensions), Candidates = list, IsFiltered = true, Options = options };

        // The signs alone choose a tenth or more of other rows.
        Assert.Equal(isExact, index.Search(search, default).SelectMany(found => found).SequenceEqual(new ExactSearch(measure, Dimensions).SearchRows(search.Blocks, list, search.Queries, options).SelectMany(found => found)));
    }

    [Fact]
    public void Search_Filter_IsAskedOnlyOfRowsThatWouldBeKept()
    {
        const int Rows = 20_000;
        const int Dimensions = 16;
        Random random = new(9);
        VectorBlocks vectors = Vectors(random, Rows, Dimensions);
        CodeIndex index = new(VectorMeasure.Find(null)!, Dimensions, VectorQuantization.Int8, new() { Oversampling = 2 }) { MaxThreads = 1 };
        index.Add(vectors, Rows, _ => true, default);
        int asked = 0;

        index.Search(
            new()
            {
                Blocks = vectors.Read(Rows),
                Rows = Rows,
                Queries = Values(random, Dimensions),
                Options = new() { Top = 10, Accepts = _ => Interlocked.Increment(ref asked) > 0 },
            },
            default);

        Assert.InRange(asked, 20, Rows / 20);
    }

    [Fact]
    public void Search_FilterThatThrows_ThrowsTheSame()
    {
        VectorBlocks vectors = Vectors(new Random(1), 9000, 16);
        CodeIndex index = new(VectorMeasure.Find(null)!, 16, VectorQuantization.Int8, new() { Oversampling = 1 }) { MaxThreads = 2 };
        index.Add(vectors, 9000, _ => true, default);
        RowSearchOptions options = new() { Top = 10, Accepts = _ => throw new InvalidOperationException("filter") };

        Assert.Throws<InvalidOperationException>(() => index.Search(new() { Blocks = vectors.Read(9000), Rows = 9000, Queries = new float[16 * 40], Options = options }, default));
    }

    [Fact]
    public void AddAndSearch_Cancelled_Throw()
    {
        VectorBlocks vectors = Vectors(new Random(1), 9000, 16);
        CodeIndex index = new(VectorMeasure.Find(null)!, 16, VectorQuantization.Int8, new() { Oversampling = 1 });
        using CancellationTokenSource source = new();

        Assert.Throws<OperationCanceledException>(() => index.Add(vectors, 9000, row => row < 1000 || Cancel(source), source.Token));
        Assert.InRange(index.Count, 1001, 1001 + 256);
        index.Add(vectors, 9000, _ => true, default);
        Assert.ThrowsAny<OperationCanceledException>(() => index.Search(
            new() { Blocks = vectors.Read(9000), Rows = 9000, Queries = new float[16], Options = new() { Top = 1, Accepts = _ => true } }, source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => index.Renumber([.. Enumerable.Range(0, 9000)], vectors, source.Token));

        static bool Cancel(CancellationTokenSource source)
        {
            source.Cancel();
            return true;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Renumber_SomeRowsGo_FindsWhatAnIndexOfTheRestFinds(VectorQuantization quantization, string function)
    {
        const int Rows = 600;
        const int Dimensions = 32;
        Random random = new(10);
        VectorBlocks vectors = Vectors(random, Rows, Dimensions);
        int[] newRows = new int[Rows];
        VectorBlocks rest = new(Dimensions, isHalf: false);
        rest.EnsureCapacity(Rows);
        int count = 0;
        for (int row = 0; row < Rows; row++)
        {
            newRows[row] = random.Next(3) == 0 ? -1 : count++;
            if (newRows[row] >= 0)
            {
                rest.Copy(newRows[row], vectors, row);
            }
        }

        VectorIndexOptions options = new() { Oversampling = 1, Seed = 3 };
        CodeIndex index = new(VectorMeasure.Find(function)!, Dimensions, quantization, options);
        CodeIndex fresh = new(VectorMeasure.Find(function)!, Dimensions, quantization, options);
        // The index is behind: rows that it does not know have new numbers, too.
        index.Add(vectors, Rows - 100, _ => true, default);
        fresh.Add(rest, count, _ => true, default);

        VectorIndex renumbered = index.Renumber(newRows, rest, default);
        Assert.Equal(Rows - 100, index.Count);
        Assert.Equal(newRows[..(Rows - 100)].Max() + 1, renumbered.Count);
        renumbered.Add(rest, count, _ => true, default);

        VectorIndexSearch search = new() { Blocks = rest.Read(count), Rows = count, Queries = Values(random, 5 * Dimensions), Options = new() { Top = 20, Accepts = _ => true } };
        Assert.Equal(fresh.Search(search, default), renumbered.Search(search, default));
    }

    [Fact]
    public void Renumber_RowsBetweenThatItDoesNotKnow_AreTakenFromTheVectors()
    {
        const int Dimensions = 32;
        VectorBlocks vectors = Vectors(new Random(11), 300, Dimensions);
        CodeIndex index = new(VectorMeasure.Find(null)!, Dimensions, VectorQuantization.Int8, new() { Oversampling = 1 });
        index.Add(vectors, 300, _ => true, default);
        VectorBlocks spread = new(Dimensions, isHalf: false);
        spread.EnsureCapacity(600);
        for (int row = 0; row < 600; row++)
        {
            spread.Copy(row, vectors, row % 2 == 0 ? row / 2 : 0);
        }

        VectorIndex renumbered = index.Renumber([.. Enumerable.Range(0, 300).Select(row => 2 * row)], spread, default);

        Assert.Equal(599, renumbered.Count);
        CodeIndex fresh = new(VectorMeasure.Find(null)!, Dimensions, VectorQuantization.Int8, new() { Oversampling = 1 });
        fresh.Add(spread, 600, _ => true, default);
        renumbered.Add(spread, 600, _ => true, default);
        VectorIndexSearch search = new() { Blocks = spread.Read(600), Rows = 600, Queries = vectors.Get(7), Options = new() { Top = 20, Accepts = _ => true } };
        Assert.Equal(fresh.Search(search, default), renumbered.Search(search, default));
    }

    [Theory]
    [InlineData(VectorQuantization.Int8)]
    [InlineData(VectorQuantization.Binary)]
    public void Search_FirstPassDimensions_ComparesThePrefixAndScoresByAll(VectorQuantization quantization)
    {
        const int Rows = 4000;
        const int Dimensions = 128;
        Random random = new(12);
        // All that counts stands in front, as an encoder that is trained so has it.
        VectorBlocks vectors = Vectors(random, Rows, Dimensions, afterPrefix: 0.01f);
        CodeIndex index = new(VectorMeasure.Find(null)!, Dimensions, quantization, new() { FirstPassDimensions = 32 });
        CodeIndex whole = new(VectorMeasure.Find(null)!, Dimensions, quantization, new());
        index.Add(vectors, Rows, _ => true, default);
        whole.Add(vectors, Rows, _ => true, default);
        VectorIndexSearch search = new() { Blocks = vectors.Read(Rows), Rows = Rows, Queries = vectors.Get(77), Options = new() { Top = 10, Accepts = _ => true } };

        RowScore[] found = index.Search(search, default)[0];

        Assert.InRange(index.Bytes, 1, whole.Bytes - 1);
        Assert.Equal(new ExactSearch(VectorMeasure.Find(null)!, Dimensions).Search(search.Blocks, search.Queries, search.Options)[0][..3], found[..3]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_WhileRowsAreAdded_FindsTheMatchesOfItsReader(VectorQuantization quantization, string function)
    {
        const int Rows = 6000;
        const int Dimensions = 24;
        Random random = new(14);
        VectorBlocks vectors = Vectors(random, Rows, Dimensions);
        CodeIndex index = new(VectorMeasure.Find(function)!, Dimensions, quantization, new() { Oversampling = 1 }) { MaxThreads = 2 };
        RowScore[] all = new ExactSearch(VectorMeasure.Find(function)!, Dimensions).Search(vectors.Read(Rows), vectors.Get(5), new() { Top = Rows })[0];
        Dictionary<int, double> scores = all.ToDictionary(row => row.Row, row => row.Score);
        VectorIndexSearch search = new() { Blocks = vectors.Read(Rows), Rows = Rows, Queries = vectors.Get(5), Options = new() { Top = 10, Accepts = row => row % 2 == 1 } };

        Task adding = Task.Run(() =>
        {
            for (int rows = 0; rows <= Rows; rows += 50)
            {
                index.Add(vectors, rows, _ => true, default);
            }
        });
        int searches = 0;
        do
        {
            RowScore[] found = index.Search(search, default)[0];
            Assert.Equal(10, found.Length);
            Assert.All(found, row => Assert.Equal((1, scores[row.Row]), (row.Row % 2, row.Score)));
            Assert.Contains(found, row => row.Row == 5);
            searches++;
        }
        while (!adding.IsCompleted);
        await adding;

        Assert.Equal(Rows, index.Count);
        Assert.InRange(searches, 1, int.MaxValue);
    }

    private static VectorBlocks Vectors(Random random, int rows, int dimensions, int values = 0, float afterPrefix = 1)
    {
        VectorBlocks vectors = new(dimensions, isHalf: false);
        vectors.EnsureCapacity(rows);
        for (int row = 0; row < rows; row++)
        {
            vectors.Set(row, [.. Values(random, dimensions, values).Select((value, i) => i < dimensions / 4 ? value : value * afterPrefix)]);
        }

        return vectors;
    }

    // Few different values: many rows are equally near then.
    private static float[] Values(Random random, int count, int values = 0) =>
        [.. Enumerable.Range(0, count).Select(_ => values == 0 ? random.NextSingle() - 0.5f : random.Next(values) - (values / 2))];

    /// <summary>An index that may be behind, over rows of which some are zero, very long or very short, and a few queries.</summary>
    private sealed class Case
    {
        private readonly CodeIndex _index;
        private readonly ExactSearch _exact;
        private readonly RowBlock[] _blocks;
        private readonly float[] _queries;

        public Case(Random random, VectorQuantization quantization, string function, bool isHalf)
        {
            int dimensions = random.Next(2) == 0 ? random.Next(1, 20) : random.Next(20, 200);
            int published = random.Next(0, 800);
            Rows = Math.Max(0, published - random.Next(0, 50));
            VectorBlocks vectors = new(dimensions, isHalf);
            vectors.EnsureCapacity(Math.Max(1, published));
            int values = random.Next(3) == 0 ? 3 : 0;
            for (int row = 0; row < published; row++)
            {
                float magnitude = random.Next(20) switch { 0 => 0, 1 when !isHalf => 1e-30f, 2 when !isHalf => 1e19f, 3 when !isHalf => 2e38f, _ => 1 };
                vectors.Set(row, [.. Values(random, dimensions, values).Select(value => value * magnitude)]);
            }

            _queries = Values(random, random.Next(1, 5) * dimensions, values);
            _blocks = vectors.Read(Rows);
            VectorMeasure measure = VectorMeasure.Find(function)!;
            _exact = new ExactSearch(measure, dimensions);
            _index = new CodeIndex(measure, dimensions, quantization, new() { Oversampling = 1 + random.Next(3), Seed = random.Next(100) }) { WholeRowsOfList = random.Next(4) == 0 ? 4096 : 0 };
            int known = random.Next(2) == 0 ? published : random.Next(0, published + 1);
            int first = random.Next(0, known + 1);
            _index.Add(vectors, first, _ => true, default);
            _index.Add(vectors, known, _ => true, default);
            int share = random.Next(1, 101);
            HashSet<int> accepted = [.. Enumerable.Range(0, published).Where(_ => random.Next(100) < share)];
            Options = new() { Top = 1, Accepts = accepted.Contains };
            Candidates = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, Rows).Where(_ => random.Next(3) > 0)];
        }

        public int Rows { get; }

        public RowSearchOptions Options { get; }

        public int[]? Candidates { get; }

        public RowScore[][] Search(RowSearchOptions options, int[]? candidates) =>
            _index.Search(new() { Blocks = _blocks, Rows = Rows, Queries = _queries, Candidates = candidates, IsFiltered = true, Options = options }, default);

        public RowScore[][] SearchExactly(RowSearchOptions options, int[]? candidates) =>
            candidates is null ? _exact.Search(_blocks, _queries, options) : _exact.SearchRows(_blocks, candidates, _queries, options);
    }
}
