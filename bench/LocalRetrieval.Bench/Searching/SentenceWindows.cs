using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Onnx;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Bench.Searching;

/// <summary>The embedded bi-encoder's vectors of every one and every two sentences of SciFact and Cranfield, kept in a file outside of version control.</summary>
internal static partial class SentenceWindows
{
    private const int Batch = 2048;

    private static readonly string File = BenchData.Cache("sentence-windows.f32");

    /// <summary>Reads the vectors, <c>[window, dimension]</c>; null where they were never embedded.</summary>
    public static float[]? Read() => System.IO.File.Exists(File) ? MemoryMarshal.Cast<byte, float>(System.IO.File.ReadAllBytes(File)).ToArray() : null;

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

    private static IEnumerable<string> Windows(string text)
    {
        string[] sentences = [.. SentenceEnd().Split(text).Where(sentence => sentence.Length > 20)];
        return [.. sentences, .. sentences.Zip(sentences.Skip(1), (first, second) => $"{first} {second}")];
    }

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();
}
