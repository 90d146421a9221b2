using System.Text.Json;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Keyword;

public sealed class KeywordIndexTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Search_Cranfield_IsTheReference(int run)
    {
        using JsonDocument golden = JsonDocument.Parse(KeywordData.Read("bm25.json.gz"));
        JsonElement root = golden.RootElement;
        JsonElement expected = root.GetProperty("runs")[run];
        string[] ids = [.. root.GetProperty("documents").EnumerateArray().Select(document => document.GetProperty("id").GetString()!)];
        KeywordIndex index = new(new Words(), expected.GetProperty("k1").GetDouble(), expected.GetProperty("b").GetDouble());
        index = index.Update([], root.GetProperty("documents").EnumerateArray().Select((document, row) => KeyValuePair.Create(row, Text(document))));
        int compared = 0;
        foreach (JsonElement query in expected.GetProperty("queries").EnumerateArray())
        {
            string words = string.Join(' ', root.GetProperty("queries").GetProperty(query.GetProperty("query").GetString()!).EnumerateArray().Select(word => word.GetInt32()));
            Dictionary<string, double> found = index.Search(words, new() { Top = ids.Length }).ToDictionary(row => ids[row.Row], row => row.Score);
            (string Id, double Score)[] top = [.. query.GetProperty("top").EnumerateArray().Select(item => (item[0].GetString()!, item[1].GetDouble()))];

            Assert.All(top, item => Assert.Equal(item.Score, found[item.Id], 1e-4));
            Assert.All(found.Values.Take(top.Length).Zip(top), pair => Assert.Equal(pair.Second.Score, pair.First, 1e-4));
            compared += top.Length;
        }

        Assert.Equal(250, compared);
    }

    [Theory]
    [InlineData(1, 1.2, 0.75)]
    [InlineData(2, 0, 0)]
    [InlineData(3, 2, 1)]
    [InlineData(4, 0.9, 0.4)]
    public void Search_AfterRandomUpdates_IsTheNaiveTwin(int seed, double k1, double b)
    {
        Random random = new(seed);
        Dictionary<int, string> texts = [];
        KeywordIndex index = new(new Words(), k1, b);
        for (int round = 0; round < 60; round++)
        {
            int[] removed = [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(150))];
            Dictionary<int, string> added = Enumerable.Range(0, random.Next(4) == 0 ? 40 : random.Next(3))
                .Select(_ => KeyValuePair.Create(random.Next(150), Text(random))).DistinctBy(pair => pair.Key).ToDictionary();
            index = index.Update(removed, added);
            Array.ForEach(removed, row => texts.Remove(row));
            foreach ((int row, string text) in added)
            {
                texts[row] = text;
            }

            Assert.Equal(texts.Count, index.Count);
            AssertLike(new NaiveBm25(texts, k1, b).Search("3 5 5 17 unknown"), index.Search("3 5 5 17 unknown", new() { Top = 1000 }));
        }
    }

    [Fact]
    public void Search_HeldGeneration_DoesNotChange()
    {
        KeywordIndex first = new KeywordIndex(new Words(), 1.2, 0.75).Update([], [new(1, "a b"), new(2, "a")]);
        RowScore[] before = first.Search("a", new() { Top = 10 });

        KeywordIndex second = first.Update([1], [new(3, "a a"), new(2, "c")]);

        Assert.Equal(before, first.Search("a", new() { Top = 10 }));
        Assert.Equal([3], second.Search("a", new() { Top = 10 }).Select(row => row.Row));
    }

    [Fact]
    public void Search_OneByOneOrInOneBatch_IsTheSame()
    {
        Random random = new(9);
        KeyValuePair<int, string>[] texts = [.. Enumerable.Range(0, 3000).Select(row => KeyValuePair.Create(row, Text(random)))];
        KeywordIndex empty = new(new Words(), 1.2, 0.75);

        KeywordIndex batch = empty.Update([], texts);
        KeywordIndex single = texts.Aggregate(empty, (index, text) => index.Update([], [text]));

        Assert.Equal(batch.Search("1 2 3", new() { Top = 3000 }), single.Search("1 2 3", new() { Top = 3000 }));
    }

    [Fact]
    public void Search_Options_CutAndFilter()
    {
        Random random = new(4);
        KeywordIndex index = new KeywordIndex(new Words(), 1.2, 0.75).Update([], Enumerable.Range(0, 500).Select(row => KeyValuePair.Create(row, Text(random))));
        RowScore[] all = index.Search("1 2 3", new() { Top = 500 });

        Assert.Equal(all.Skip(3).Take(5), index.Search("1 2 3", new() { Top = 5, Skip = 3 }));
        Assert.Equal(all.Where(row => row.Score >= all[20].Score), index.Search("1 2 3", new() { Top = 500, ScoreThreshold = all[20].Score }));
        Assert.Equal(all.Where(row => row.Row % 7 == 0).Take(4), index.Search("1 2 3", new() { Top = 4, Accepts = row => row % 7 == 0 }));
    }

    [Fact]
    public void Renumber_AfterRandomUpdates_FindsTheSameUnderOtherRows()
    {
        Random random = new(5);
        KeywordIndex index = new(new Words(), 1.2, 0.75);
        for (int round = 0; round < 40; round++)
        {
            index = index.Update([random.Next(200), random.Next(200)], Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(200)).Distinct().Select(row => KeyValuePair.Create(row, Text(random))));
        }

        int[] newRows = [.. Enumerable.Range(0, 200).Select(row => row / 2 * 5 + row % 2)];
        RowScore[] before = index.Search("1 2 3", new() { Top = 200 });

        KeywordIndex renumbered = index.Renumber(newRows);

        Assert.Equal(index.Count, renumbered.Count);
        Assert.Equal(before.Select(found => found with { Row = newRows[found.Row] }), renumbered.Search("1 2 3", new() { Top = 200 }));
        Assert.Empty(new KeywordIndex(new Words(), 1.2, 0.75).Renumber([]).Search("1", new() { Top = 1 }));
    }

    [Fact]
    public void Search_CancelledWhileItScores_Throws()
    {
        KeywordIndex index = new KeywordIndex(new Words(), 1.2, 0.75).Update([], Enumerable.Range(0, 5000).Select(row => KeyValuePair.Create(row, "a")));
        using CancellationTokenSource cancellation = new();
        bool CancelAndAccept(int row)
        {
            cancellation.Cancel();
            return true;
        }

        Assert.Throws<OperationCanceledException>(() => index.Search("a", new() { Top = 1, Accepts = CancelAndAccept }, cancellation.Token));
    }

    [Fact]
    public void Search_EqualScoresOverSegments_AreInTheOrderOfRows()
    {
        KeywordIndex index = new(new Words(), 1.2, 0.75);
        int[][] batches = [[50, 3, 70, 12, 61, 9, 33], [8, 40], [1]];
        foreach (int[] rows in batches)
        {
            index = index.Update([], rows.Select(row => KeyValuePair.Create(row, "a b")));
        }

        Assert.Equal([1, 3, 8, 9], index.Search("b a", new() { Top = 4 }).Select(found => found.Row));
        Assert.Equal([9, 12, 33, 40, 50, 61, 70], index.Search("a", new() { Top = int.MaxValue, Skip = 3 }).Select(found => found.Row));
        Assert.Empty(index.Search("a", new() { Top = int.MaxValue, Skip = int.MaxValue }));
    }

    [Fact]
    public void Search_VeryLongText_IsScoredByItsLength()
    {
        Dictionary<int, string> texts = new() { [1] = $"b {string.Concat(Enumerable.Repeat("a ", 300_000))}", [2] = "b", [3] = "" };
        KeywordIndex index = new KeywordIndex(new KeywordIndexOptions()).Update([], texts);

        AssertLike(new NaiveBm25(texts, 1.2, 0.75).Search("a b b"), index.Search("a b b", new() { Top = 9 }));
    }

    [Fact]
    public void Search_NothingToFind_IsEmpty()
    {
        KeywordIndex empty = new(new KeywordIndexOptions());

        Assert.Empty(empty.Search("word", new() { Top = 1 }));
        Assert.Empty(empty.Update([7], [new(1, ""), new(2, "...")]).Search("word", new() { Top = 1 }));
        Assert.Empty(empty.Update([], [new(1, "word")]).Search("", new() { Top = 1 }));
        Assert.Empty(empty.Update([], [new(1, "word")]).Update([1], []).Search("word", new() { Top = 1 }));
    }

    [Fact]
    public void Update_RowTwice_Throws() =>
        Assert.Throws<ArgumentException>(() => new KeywordIndex(new KeywordIndexOptions()).Update([], [new(1, "a"), new(1, "b")]));

    [Fact]
    public void Search_StemsAndStopWords_MatchOtherForms()
    {
        KeywordIndex index = new KeywordIndex(new KeywordIndexOptions { Stem = true, RemoveStopWords = true }).Update([], [new(1, "The wing of the plane"), new(2, "the")]);

        Assert.Equal([1], index.Search("the WINGS", new() { Top = 5 }).Select(row => row.Row));
    }

    [Theory]
    [InlineData(-1, 0.5)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(double.PositiveInfinity, 0.5)]
    [InlineData(1, -0.1)]
    [InlineData(1, 1.1)]
    [InlineData(1, double.NaN)]
    public void Options_OutOfRange_Throw(double k1, double b) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeywordIndexOptions { K1 = k1, B = b });

    [Fact]
    public async Task Search_WhileBatchesAreWritten_SeesWholeGenerations()
    {
        const int Rows = 64;
        KeywordIndex current = new KeywordIndex(new Words(), 1.2, 0.75).Update([], Generation(0));

        await Concurrently.RunAsync([ReadAsync, ReadAsync, ReadAsync], WriteAsync);

        Task ReadAsync(CancellationToken stop)
        {
            // Until both kinds of generations were seen often.
            for ((int even, int odd) = (0, 0); (even < 100 || odd < 100) && !stop.IsCancellationRequested;)
            {
                KeywordIndex index = Volatile.Read(ref current);
                Assert.Equal(Rows, index.Search("all", new() { Top = 1000 }, stop).Length);
                int found = index.Search("even", new() { Top = 1000 }, stop).Length;
                Assert.True(found is 0 or Rows, $"Half a batch: {found} of {Rows} rows.");
                (even, odd) = found == 0 ? (even, odd + 1) : (even + 1, odd);
            }

            return Task.CompletedTask;
        }

        Task WriteAsync(CancellationToken stop)
        {
            for (int generation = 1; !stop.IsCancellationRequested; generation++)
            {
                Volatile.Write(ref current, current.Update([], Generation(generation)));
            }

            return Task.CompletedTask;
        }

        static IEnumerable<KeyValuePair<int, string>> Generation(int number) =>
            Enumerable.Range(0, Rows).Select(row => KeyValuePair.Create(row, $"all {(number % 2 == 0 ? "even" : "odd")} word{row}"));
    }

    private static void AssertLike((int Row, double Score)[] expected, RowScore[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Dictionary<int, double> scores = expected.ToDictionary(found => found.Row, found => found.Score);
        Assert.All(actual, row => Assert.Equal(scores[row.Row], row.Score, 1e-9));
        Assert.Equal(actual.OrderByDescending(row => row.Score).ThenBy(row => row.Row), actual);
    }

    private static string Text(Random random) =>
        string.Join(' ', Enumerable.Range(0, random.Next(30)).Select(_ => (int)(20 * random.NextDouble() * random.NextDouble())));

    private static string Text(JsonElement document) =>
        string.Join(' ', document.GetProperty("known").EnumerateArray().Select(word => word.GetInt32()))
        + string.Concat(Enumerable.Repeat(" other", document.GetProperty("others").GetInt32()));
}
