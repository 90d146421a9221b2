using System.Globalization;
using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Bench.Statistics;
using LocalRetrieval.Bench.StoreOnDisk;
using LocalRetrieval.VectorData;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Codes;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>Codes of all vectors, rescored by whole ones that are mapped from a file, beside an exact search in memory: recall, memory and speed.</summary>
internal static class CodePart
{
    // An exact search of a million takes a thousand times as long as one of a graph.
    private const int QuestionsOfRound = 50;
    private const int QuestionsAtOnce = 32;

    public static async Task<IReadOnlyList<StoreMeasurement>> MeasureAsync(IndexVectors vectors, int rounds)
    {
        using MappedVectors file = new(vectors);
        return await MeasureAsync(vectors, file.Map(), rounds);
    }

    public static CodeIndex Build(IndexVectors vectors, VectorQuantization quantization, double recall)
    {
        CodeIndex index = new(vectors.Measure, vectors.Dimensions, quantization, new VectorIndexOptions { TargetRecall = recall });
        index.Add(vectors.Blocks, vectors.Count, static _ => true, CancellationToken.None);
        return index;
    }

    public static VectorIndexSearch Ask(IndexVectors vectors, RowBlock[] mapped, float[] questions) => new() { Blocks = mapped, Rows = vectors.Count, Queries = questions, Options = Options };

    private static async Task<StoreMeasurement[]> MeasureAsync(IndexVectors vectors, RowBlock[] mapped, int rounds) =>
    [
        .. await MeasureAsync(vectors, mapped, VectorQuantization.Half, .99, share: .51, faster: null, rounds),
        .. await MeasureAsync(vectors, mapped, VectorQuantization.Int8, .99, share: .28, faster: 2.5, rounds),
        .. await MeasureAsync(vectors, mapped, VectorQuantization.Binary, .95, share: .05, faster: 8, rounds),
        .. await MeasureAsync(vectors, mapped, VectorQuantization.Binary, .99, share: .05, faster: null, rounds),
    ];

    private static async Task<StoreMeasurement[]> MeasureAsync(
        IndexVectors vectors, RowBlock[] mapped, VectorQuantization quantization, double recall, double share, double? faster, int rounds)
    {
        CodeIndex index = Build(vectors, quantization, recall);
        string what = string.Create(CultureInfo.InvariantCulture, $"{vectors.Count:N0} rows, {quantization} for a recall of {recall}, oversampling {index.Oversampling.Factor:F1}");
        long whole = vectors.Rows.LongLength * sizeof(float);
        return
        [
            Share($"{what}: recall", Recall(vectors, index, mapped), Goal.AtLeast(recall)),
            Share($"{what}: memory of the codes, of that of the vectors", (double)index.Bytes / whole, Goal.AtMost(share)),
            await RaceAsync(vectors, index, mapped, $"{what}, one question at a time; other: exact search", atOnce: 1, faster, rounds),
            await RaceAsync(vectors, index, mapped, $"{what}, {QuestionsAtOnce} at once; other: exact search", QuestionsAtOnce, faster: null, rounds),
        ];
    }

    private static StoreMeasurement Share(string what, double value, Goal goal) => new(what)
    {
        Ours = value.ToString("F4", CultureInfo.InvariantCulture),
        Compared = MedianInterval.Of([value]),
        Goal = goal,
    };

    private static async Task<StoreMeasurement> RaceAsync(IndexVectors vectors, CodeIndex index, RowBlock[] mapped, string what, int atOnce, double? faster, int rounds)
    {
        float[][] questions = [.. vectors.Questions.Take(QuestionsOfRound * atOnce).Chunk(atOnce).Select(some => some.SelectMany(question => question).ToArray())];
        RowBlock[] blocks = vectors.Blocks.Read(vectors.Count);
        IReadOnlyList<double[]> seconds = await Interleaved.RunAsync(
            rounds,
            () => Interleaved.SecondsAsync(() => Array.ForEach(questions, some => index.Search(Ask(vectors, mapped, some), CancellationToken.None))),
            () => Interleaved.SecondsAsync(() => Array.ForEach(questions, some => vectors.Exact.Search(blocks, some, Options))));
        double asked = (double)questions.Sum(some => some.Length) / vectors.Dimensions;
        return StoreMeasurement.Speed(
            what, "questions", Array.ConvertAll(seconds[0], value => asked / value), Array.ConvertAll(seconds[1], value => asked / value), faster is { } goal ? Goal.AtLeast(goal) : null);
    }

    private static double Recall(IndexVectors vectors, CodeIndex index, RowBlock[] mapped)
    {
        RowScore[][] found = index.Search(Ask(vectors, mapped, [.. vectors.Questions.SelectMany(question => question)]), CancellationToken.None);
        return found.Select((rows, question) => rows.Count(row => row.Score >= vectors.LeastScores[question])).Average() / IndexVectors.Top;
    }

    private static RowSearchOptions Options => new() { Top = IndexVectors.Top, Accepts = static _ => true };
}
