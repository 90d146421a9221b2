using LocalRetrieval.Onnx.Inference;

namespace LocalRetrieval.Onnx.Tests.Inference;

public sealed class OnnxEncoderTests
{
    private static readonly TokenizedText[] Texts = [new([2, 10, 11, 3], [0, 0, 0, 0], 0), new([2, 3], [0, 0], 0)];

    [Fact]
    public async Task Dispose_WhileARunIsUnderWay_WaitsForIt()
    {
        OnnxEncoder encoder = Load();
        using ManualResetEventSlim running = new();
        using ManualResetEventSlim release = new();
        Task run = Task.Run(() => encoder.Run(Texts, [0, 1], 0, (_, _, _, _) =>
        {
            running.Set();
            release.Wait();
        }, CancellationToken.None));
        running.Wait();

        Task disposal = Task.Run(encoder.Dispose);

        Assert.NotSame(disposal, await Task.WhenAny(disposal, Task.Delay(200)));
        release.Set();
        await run;
        await disposal;
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

    private static OnnxEncoder Load() =>
        OnnxEncoder.Load(Path.Combine(TestModels.Tiny("bert-cls-prompt"), "onnx", "model.onnx"), new OnnxEncoderSettings([OutputKind.HiddenStates], PadTokenId: 0) { Threads = 1 });
}
