using LocalRetrieval.Bench.EncoderLoad;
using LocalRetrieval.Onnx;

namespace LocalRetrieval.Bench.Soaking;

/// <summary>The embedded bi-encoder loaded, used once and disposed again and again: what each time leaves behind.</summary>
internal static class RepeatedLoading
{
    private const int Lines = 10;
    private const double Megabyte = 1 << 20;

    /// <summary>Writes ten lines, and one after the first load.</summary>
    public static async Task RunAsync(int loads, CancellationToken cancellationToken)
    {
        string folder = LocalModels.BiEncoder.Locate();
        for (int load = 1; load <= loads; load++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using (OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(folder))
            {
                await generator.GenerateAsync(["a text"], cancellationToken: cancellationToken);
            }

            if (load == 1 || load % Math.Max(1, loads / Lines) == 0)
            {
                Console.WriteLine(FormattableString.Invariant($"load {load}: {MemoryPart.ResidentBytes() / Megabyte:F1} MB"));
            }
        }
    }
}
