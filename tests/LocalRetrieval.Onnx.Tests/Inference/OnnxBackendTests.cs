using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Inference;

public sealed class OnnxBackendTests
{
    private static readonly TokenizedText[] Texts = [new([2, 10, 11, 3], [0, 0, 0, 0], 0), new([2, 3], [0, 0], 0)];

    [Fact]
    public async Task RunAsync_Cancelled_EndsTheNativeRun()
    {
        using TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        model.Write("endless.onnx", EndlessGraph.Model(width: 4));
        using OnnxBackend backend = Load(model.File("endless.onnx"));
        TokenizedText endless = new([.. Enumerable.Repeat(2, EndlessGraph.MaxTokens + 1)], new int[EndlessGraph.MaxTokens + 1], 0);
        using CancellationTokenSource source = new();
        using ManualResetEventSlim starting = new();

        // Nothing but the native run looks at the token here, whether it is cancelled a moment before or after it has started.
        Task run = Task.Run(async () =>
        {
            starting.Set();
            (await backend.RunAsync(TokenBatch.Of([endless], [0]), isAlone: false, source.Token)).Dispose();
        });
        starting.Wait();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.OrHang());
        using BatchOutput output = await backend.RunAsync(TokenBatch.Of(Texts, [0, 1]), isAlone: false, CancellationToken.None);
        Assert.Equal(2 * 4 * 4, output.Values.Length);
    }

    [Fact]
    public async Task RunAsync_Batch_IsPaddedToItsLongestText()
    {
        using OnnxBackend backend = Load(Path.Combine(TestModels.Tiny("bert-cls-prompt"), "onnx", "model.onnx"));
        TokenBatch batch = TokenBatch.Of(Texts, [1, 0]);

        using BatchOutput output = await backend.RunAsync(batch, isAlone: false, CancellationToken.None);

        Assert.Equal(4, batch.Tokens);
        Assert.Equal(2 * 4 * backend.Info.OutputWidth, output.Values.Length);
    }

    private static OnnxBackend Load(string graph) => OnnxBackend.Load(graph, new OnnxBackendSettings([OutputKind.HiddenStates], PadTokenId: 0) { Threads = 1 });
}
