using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using LocalRetrieval.Testing;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Onnx;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Bench.Searching;

/// <summary>The embedded bi-encoder's vectors of every one and every two sentences of SciFact and Cranfield, kept in a file outside of version control.</summary>
internal static partial class SentenceWindows
{
    private const int Batch = 2048;
    private const int Dimensions = 384;

    private static readonly string File = BenchData.Cache("sentence-windows.f32");

    /// <summary>Whether the vectors are there.</summary>
    public static bool AreEmbedded => System.IO.File.Exists(File);

    /// <summary>The vectors, or noise in their place, and what they are.</summary>
    public static (float[] Vectors, string Source) ReadOrMakeNoise() =>
        Read() is { } read ? (read, "windows of sentences of SciFact and Cranfield, embedded") : (Noise(100_000 * Dimensions), "noise");

    /// <summary>Embeds the windows, which takes a quarter of an hour on two cores.</summary>
    public static async Task EmbedAsync(CancellationToken cancellationToken)
    {
        string[] windows = [.. new[] { "scifact", "cranfield" }.SelectMany(set => BeirDataset.Read(BenchData.Shared("eval", set)).Corpus.Values).SelectMany(Windows).Distinct()];
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate());
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        string unfinished = File + ".part";
        await using (FileStream stream = System.IO.File.Create(unfinished))
        {
            foreach (string[] batch in windows.Chunk(Batch))
            {
                foreach (Embedding<float> embedding in await generator.GenerateAsync(batch, cancellationToken: cancellationToken))
                {
                    stream.Write(MemoryMarshal.AsBytes(embedding.Vector.Span));
                }

                Console.Error.WriteLine($"{stream.Position / 1_000_000} MB of vectors");
            }
        }

        System.IO.File.Move(unfinished, File, overwrite: true);
    }

    private static float[]? Read() => System.IO.File.Exists(File) ? MemoryMarshal.Cast<byte, float>(System.IO.File.ReadAllBytes(File)).ToArray() : null;

    private static IEnumerable<string> Windows(string text)
    {
        string[] sentences = [.. SentenceEnd().Split(text).Where(sentence => sentence.Length > 20)];
        return [.. sentences, .. sentences.Zip(sentences.Skip(1), (first, second) => $"{first} {second}")];
    }

    private static float[] Noise(int length)
    {
        Random random = new(1);
        float[] values = new float[length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() - 0.5f;
        }

        return values;
    }

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();
}
