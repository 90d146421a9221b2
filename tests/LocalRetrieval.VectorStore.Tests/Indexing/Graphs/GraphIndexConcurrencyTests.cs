using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed class GraphIndexConcurrencyTests
{
    private const int Dimensions = 16;
    private const int Most = 8000;
    private const int Top = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Search_WhileRowsComeAndGo_SeesExactlyItsGeneration(int threads)
    {
        using Versions rows = new(threads);
        GraphIndex index = new(rows.Measure, Dimensions, new GraphSettings(M: 8, EfSearch: 64, Threads: threads), new WholeRows(rows.Measure, Dimensions));
        double[] recalls = new double[3];

        await Concurrently.RunAsync(
            [.. Enumerable.Range(0, recalls.Length).Select(reader => (Func<CancellationToken, Task>)(stop => ReadAsync(rows, index, reader, recalls, stop)))],
            rows.WriteAsync,
            stop => FollowAsync(rows, index, stop)).OrHang();

        Assert.All(recalls, recall => Assert.InRange(recall, .9, 1));
    }

    private static Task FollowAsync(Versions rows, GraphIndex index, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Generation last = rows.Last;
            index.Add(rows.Vectors, last.Rows, _ => true, CancellationToken.None);
            index.Repair(rows.Vectors, row => rows.IsVisible(row, rows.Last.Number), CancellationToken.None);
            Thread.Yield();
        }

        return Task.CompletedTask;
    }

    private static Task ReadAsync(Versions rows, GraphIndex index, int reader, double[] recalls, CancellationToken stop)
    {
        Random random = new(100 + reader);
        ExactSearch exact = new(rows.Measure, Dimensions);
        List<double> recall = [];
        while (recall.Count < 300 && !stop.IsCancellationRequested)
        {
            Generation generation = rows.Last;
            RowBlock[] blocks = rows.Vectors.Read(generation.Rows);
            float[] query = GraphVectors.Gaussian(random, Dimensions, 1);
            int[]? candidates = random.Next(3) == 0 ? [.. Enumerable.Range(0, generation.Rows).Where(row => row % 3 == 0)] : null;
            bool isFiltered = random.Next(3) == 0;
            bool wasGraph = index.Count > 2000;
            RowSearchOptions options = new() { Top = Top, Accepts = Accepts };

            RowScore[] found = index.Search(new VectorIndexSearch { Blocks = blocks, Rows = generation.Rows, Queries = query, Candidates = candidates, IsFiltered = isFiltered, Options = options }, CancellationToken.None)[0];
            RowScore[] nearest = exact.Search(blocks, query, options with { Accepts = row => Accepts(row) && (candidates is null || row % 3 == 0) }, CancellationToken.None)[0];

            Assert.Equal(nearest.Length, found.Length);
            Assert.Equal(found.Length, found.Select(row => row.Row).Distinct().Count());
            Assert.All(found, row => Assert.True(Accepts(row.Row) && (candidates is null || row.Row % 3 == 0)));
            Assert.Equal(exact.SearchRows(blocks, found.Select(row => row.Row).Order().ToArray(), query, new RowSearchOptions { Top = Top }, CancellationToken.None)[0], found);
            rows.Release();
            if (wasGraph && nearest.Length > 0)
            {
                recall.Add((double)found.Intersect(nearest).Count() / nearest.Length);
            }

            bool Accepts(int row)
            {
                Assert.InRange(row, 0, generation.Rows - 1);
                return rows.IsVisible(row, generation.Number) && (!isFiltered || row % 2 == 0);
            }
        }

        recalls[reader] = recall.Count == 0 ? 0 : recall.Average();
        return Task.CompletedTask;
    }

    private sealed record Generation(long Number, int Rows);

    /// <summary>Rows that one writer adds and ends, as a table has them.</summary>
    private sealed class Versions(int seed) : IDisposable
    {
        private readonly long[] _ends = [.. Enumerable.Repeat(long.MaxValue, Most)];
        private readonly long[] _begins = new long[Most];
        // A few generations come while one search is made; so rows do not come and go by millions while a reader waits for its turn.
        private readonly SemaphoreSlim _turns = new(200);
        private volatile Generation _last = new(0, 0);

        public VectorMeasure Measure { get; } = VectorMeasure.Find(null)!;

        public VectorBlocks Vectors { get; } = new(Dimensions, isHalf: false);

        public Generation Last => _last;

        public bool IsVisible(int row, long generation) => Volatile.Read(ref _begins[row]) <= generation && generation < Volatile.Read(ref _ends[row]);

        public void Dispose() => _turns.Dispose();

        public void Release() => _turns.Release(2);

        public Task WriteAsync(CancellationToken stop)
        {
            Random random = new(seed);
            while (Waits(stop))
            {
                Generation last = _last;
                long number = last.Number + 1;
                int rows = Math.Min(Most, last.Rows + random.Next(60));
                Vectors.EnsureCapacity(rows);
                for (int row = last.Rows; row < rows; row++)
                {
                    // Some are equal to others, and some are zero.
                    Vectors.Set(row, random.Next(20) switch
                    {
                        0 => new float[Dimensions],
                        1 when row > 0 => Vectors.Get(random.Next(row)),
                        _ => GraphVectors.Gaussian(random, Dimensions, 1),
                    });
                    Volatile.Write(ref _begins[row], number);
                }

                for (int ended = random.Next(20); ended > 0 && rows > 0 && (rows < Most || number % 10 == 0); ended--)
                {
                    int row = random.Next(rows);
                    Interlocked.CompareExchange(ref _ends[row], number, long.MaxValue);
                }

                _last = new Generation(number, rows);
            }

            return Task.CompletedTask;
        }

        private bool Waits(CancellationToken stop)
        {
            try
            {
                _turns.Wait(stop);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }
}
