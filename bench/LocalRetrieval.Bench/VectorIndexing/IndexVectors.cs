using System.Runtime.InteropServices;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Searching;
using LocalRetrieval.Onnx;
using LocalRetrieval.Static;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>Rows of length 1 and questions, as an encoder gives them, and the truly nearest rows.</summary>
internal sealed class IndexVectors
{
    private const int Batch = 8192;

    // Sums in another order differ by this much.
    private const double Rounding = 1e-6;

    private IndexVectors(string source, float[] rows, float[][] questions)
    {
        Source = source;
        Dimensions = questions[0].Length;
        Rows = rows;
        Count = rows.Length / Dimensions;
        Questions = questions;
        Measure = VectorMeasure.Find(null)!;
        Blocks = new VectorBlocks(Dimensions, isHalf: false);
        Blocks.EnsureCapacity(Count);
        for (int row = 0; row < Count; row++)
        {
            Blocks.Set(row, RowOf(row));
        }

        RowScore[][] nearest = Exact.Search(Blocks.Read(Count), questions.SelectMany(question => question).ToArray(), new RowSearchOptions { Top = Top });
        LeastScores = [.. nearest.Select(rows => rows[^1].Score - Rounding)];
    }

    /// <summary>How many rows are sought.</summary>
    public static int Top => 10;

    /// <summary>What the rows are.</summary>
    public string Source { get; }

    public int Dimensions { get; }

    public int Count { get; }

    public float[] Rows { get; }

    public float[][] Questions { get; }

    public VectorMeasure Measure { get; }

    public VectorBlocks Blocks { get; }

    public ExactSearch Exact => new(Measure, Dimensions);

    /// <summary>The score of the last one of the nearest for each question: as good a row is a hit.</summary>
    public double[] LeastScores { get; }

    /// <summary>Texts by the embedded static model; their vectors are kept in a file outside of version control.</summary>
    public static async Task<IndexVectors> OfStaticModelAsync(int count, int questions, CancellationToken cancellationToken)
    {
        using StaticEmbeddingGenerator generator = StaticEmbeddingGenerator.Load(LocalModels.Static.Locate());
        string[] texts = IndexTexts.Read(count);
        string file = BenchData.Cache($"static-{texts.Length}.f32");
        if (!File.Exists(file))
        {
            await EmbedAsync(generator, texts, file, cancellationToken);
        }

        return new IndexVectors(
            "distinct runs of sentences and of words of SciFact and Cranfield by the embedded static model", ReadFloats(file), await EmbedAsync(generator, IndexTexts.ReadQuestions(questions), cancellationToken));
    }

    /// <summary>Windows of sentences by the embedded bi-encoder, which are embedded once.</summary>
    public static async Task<IndexVectors> OfBiEncoderAsync(int questions, CancellationToken cancellationToken)
    {
        if (!SentenceWindows.AreEmbedded)
        {
            await SentenceWindows.EmbedAsync(cancellationToken);
        }

        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate());
        (float[] rows, string source) = SentenceWindows.ReadOrMakeNoise();
        return new IndexVectors(source + " by the embedded bi-encoder", rows, await EmbedAsync(generator, IndexTexts.ReadQuestions(questions), cancellationToken));
    }

    public ReadOnlySpan<float> RowOf(int row) => Rows.AsSpan(row * Dimensions, Dimensions);

    private static async Task EmbedAsync(StaticEmbeddingGenerator generator, string[] texts, string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (FileStream stream = File.Create(file + ".part"))
        {
            foreach (string[] batch in texts.Chunk(Batch))
            {
                foreach (Embedding<float> embedding in await generator.GenerateAsync(batch, cancellationToken: cancellationToken))
                {
                    stream.Write(MemoryMarshal.AsBytes(embedding.Vector.Span));
                }
            }
        }

        File.Move(file + ".part", file, overwrite: true);
    }

    private static async Task<float[][]> EmbedAsync(IEmbeddingGenerator<string, Embedding<float>> generator, string[] questions, CancellationToken cancellationToken) =>
        [.. (await generator.GenerateAsync(questions, EmbeddingInputTypes.QueryOptions(), cancellationToken)).Select(embedding => embedding.Vector.ToArray())];

    private static float[] ReadFloats(string file)
    {
        using FileStream stream = File.OpenRead(file);
        float[] values = new float[stream.Length / sizeof(float)];
        for (int read = 0; read < values.Length; read += 1 << 24)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(read, Math.Min(1 << 24, values.Length - read))));
        }

        return values;
    }
}
