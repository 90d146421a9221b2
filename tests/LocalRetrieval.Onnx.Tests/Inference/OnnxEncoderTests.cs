using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Inference;

public sealed class OnnxEncoderTests
{
    private static readonly TokenizedText[] Texts = [new([2, 10, 11, 3], [0, 0, 0, 0], 0), new([2, 3], [0, 0], 0)];

    [Fact]
    public async Task Run_Cancelled_EndsTheNativeRun()
    {
        using TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        model.Write("endless.onnx", EndlessGraph.Model(width: 4));
        using OnnxEncoder encoder = Load(model.File("endless.onnx"));
        TokenizedText endless = new([.. Enumerable.Repeat(2, EndlessGraph.MaxTokens + 1)], new int[EndlessGraph.MaxTokens + 1], 0);
        using CancellationTokenSource source = new();
        using ManualResetEventSlim starting = new();

        // Nothing but the native run looks at the token here, whether it is cancelled a moment before or after it has started.
        Task run = Task.Run(() =>
        {
            starting.Set();
            encoder.Run([endless], [0], 0, (_, _, _, _) => { }, source.Token);
        });
        starting.Wait();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.OrHang());
        encoder.Run(Texts, [0, 1], 0, (_, _, output, tokens) => Assert.Equal(2 * tokens * 4, output.Length), CancellationToken.None);
    }

    [Fact]
    public void Dispose_WhileARunIsUnderWay_WaitsForIt()
    {
        OnnxEncoder encoder = Load();
        Thread disposal = new(encoder.Dispose);
        bool waits = false;

        encoder.Run(Texts, [0, 1], 0, (_, _, _, _) =>
        {
            disposal.Start();
            SpinWait.SpinUntil(() => disposal.ThreadState.HasFlag(ThreadState.WaitSleepJoin) || !disposal.IsAlive);
            waits = disposal.IsAlive;
        }, CancellationToken.None);
        disposal.Join();

        Assert.True(waits);
        Assert.Throws<ObjectDisposedException>(() => encoder.Run(Texts, [0], 0, (_, _, _, _) => { }, CancellationToken.None));
    }

    [Fact]
    public void Run_Batch_IsPaddedToItsLongestText()
    {
        using OnnxEncoder encoder = Load();
        int padded = 0;
        int values = 0;

        encoder.Run(Texts, [1, 0], 0, (_, _, output, tokens) => (padded, values) = (tokens, output.Length), CancellationToken.None);

        Assert.Equal(4, padded);
        Assert.Equal(2 * 4 * encoder.OutputWidth, values);
    }

    private static OnnxEncoder Load() => Load(Path.Combine(TestModels.Tiny("bert-cls-prompt"), "onnx", "model.onnx"));

    private static OnnxEncoder Load(string graph) =>
        OnnxEncoder.Load(graph, new OnnxEncoderSettings([OutputKind.HiddenStates], PadTokenId: 0) { Threads = 1 });
}
