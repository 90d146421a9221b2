using LocalRetrieval.Onnx.Inference;

namespace LocalRetrieval.Onnx.Tests.Inference;

public sealed class OnnxBackendTests
{
    private static readonly TokenizedText[] Texts = [new([2, 10, 11, 3], [0, 0, 0, 0], 0), new([2, 3], [0, 0], 0)];

    [Fact]
    public async Task RunAsync_Batch_IsPaddedToItsLongestText()
    {
        using OnnxBackend backend = OnnxBackend.Load(
            Path.Combine(TestModels.Tiny("bert-cls-prompt"), "onnx", "model.onnx"), new OnnxBackendSettings([OutputKind.HiddenStates], PadTokenId: 0) { Threads = 1 });

        TokenBatch batch = TokenBatch.Of(Texts, [1, 0]);
        using BatchOutput output = await backend.RunAsync(batch, CancellationToken.None);

        Assert.Equal(4, batch.Tokens);
        Assert.Equal(2 * 4 * backend.Info.OutputWidth, output.Values.Length);
    }
}
