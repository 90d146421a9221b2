using LocalRetrieval.Onnx.Inference;

namespace LocalRetrieval.Onnx.Tests.Inference.Memory;

[Collection(AloneCollection.Name)]
public sealed class PeakMemoryTests
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 12)];

    [ProcessMemoryFact]
    public async Task RunAsync_AfterAPeak_TheMemoryReturns()
    {
        ManualTimers timers = new();
        using OnnxBackend backend = OnnxBackend.Load(TensorRun.Graph, new OnnxBackendSettings([OutputKind.SentenceEmbedding], PadTokenId: 0) { Threads = 1, MaxTokens = 512, Time = timers });
        float[] expected = await RunAsync(backend, texts: 2, tokens: 64);

        // The first peak has the process itself take more once: compiled code, stacks of threads, the collector's books.
        (long before, long peak, long after) = await PeakAsync(backend, timers);
        Assert.True(peak > before + (200 << 20), $"{before} before and {peak} at the peak");
        Assert.InRange(after, 0, before + (32 << 20));

        // What other parts of the process take and give back meanwhile comes and goes: what a peak leaves is there after each.
        long kept = after;
        long least = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            (before, peak, after) = await PeakAsync(backend, timers);
            Assert.True(peak > before + (200 << 20), $"{before} before and {peak} at peak {i + 2}");
            least = Math.Min(least, after);
        }

        Assert.InRange(least, 0, kept * 1.1);
        Assert.Equal(expected, await RunAsync(backend, texts: 2, tokens: 64));
    }

    private static async Task<(long Before, long Peak, long After)> PeakAsync(OnnxBackend backend, ManualTimers timers)
    {
        long before = ProcessMemory.ReadTrimmed();
        await RunAsync(backend, texts: 12, tokens: 512);
        long peak = ProcessMemory.Read();
        timers.Elapse();
        timers.Elapse();
        long after = ProcessMemory.Read();
        return (before, peak, after);
    }

    [Fact]
    public void Load_Measuring_LeavesNoPeak()
    {
        using OnnxBackend backend = OnnxBackend.Load(TensorRun.Graph, new OnnxBackendSettings([OutputKind.SentenceEmbedding], PadTokenId: 0) { Threads = 1, MaxTokens = 512, MeasuresMemory = _ => true });

        long? kept = backend.Describe(new EncoderExecution { Slots = 1, ThreadsPerRun = 1, LoneThreads = 1, QueuedTexts = 0 }).RetainedBytes;

        Assert.InRange(kept!.Value, 0, 2 << 20);
    }

    private static async Task<float[]> RunAsync(OnnxBackend backend, int texts, int tokens)
    {
        TokenizedText text = new([.. Enumerable.Range(1, tokens).Select(i => 1000 + i)], new int[tokens], 0);
        using BatchOutput output = await backend.RunAsync(TokenBatch.Of([.. Enumerable.Repeat(text, texts)], Rows[..texts]), isAlone: false, CancellationToken.None);
        return output.Values.ToArray();
    }
}
