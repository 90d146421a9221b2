using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Onnx.Tests.Inference;

public sealed class GraphSessionsTests
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 24).Select(i => string.Join(' ', Enumerable.Repeat("the signal of a quiet river", 1 + (i * i % 60))))];

    [Fact]
    public async Task GenerateAsync_EmbeddedModel_GivesTheSameBitsWithAllThreadsAndWithOne()
    {
        string folder = LocalModels.BiEncoder.Locate();
        using OnnxEmbeddingGenerator latency = OnnxEmbeddingGenerator.Load(folder, new OnnxEmbeddingGeneratorOptions { Execution = ExecutionMode.Latency });
        using OnnxEmbeddingGenerator throughput = OnnxEmbeddingGenerator.Load(folder, new OnnxEmbeddingGeneratorOptions { Execution = ExecutionMode.Throughput });

        GeneratedEmbeddings<Embedding<float>> together = await throughput.GenerateAsync(Texts);
        for (int i = 0; i < Texts.Length; i++)
        {
            Assert.Equal(together[i].Vector.ToArray(), (await latency.GenerateAsync([Texts[i]]))[0].Vector.ToArray());
        }

        Assert.Equal(Environment.ProcessorCount, latency.GetRequiredService<EncoderInfo>().Execution!.LoneThreads);
        Assert.Equal(1, throughput.GetRequiredService<EncoderInfo>().Execution!.LoneThreads);
    }

    [Fact]
    public async Task RerankAsync_EmbeddedModel_GivesTheSameBitsWithAllThreadsAndWithOne()
    {
        string folder = LocalModels.CrossEncoder.Locate();
        using OnnxTextReranker latency = OnnxTextReranker.Load(folder, new OnnxTextRerankerOptions { Execution = ExecutionMode.Latency });
        using OnnxTextReranker throughput = OnnxTextReranker.Load(folder, new OnnxTextRerankerOptions { Execution = ExecutionMode.Throughput });

        RerankingResult together = await throughput.RerankAsync("what of a river?", Texts);
        foreach (RerankedDocument document in together)
        {
            Assert.Equal(document.Logit, (await latency.RerankAsync("what of a river?", [Texts[document.Index]]))[0].Logit);
        }
    }

    [Fact]
    public async Task GenerateAsync_SingleTexts_CompareBothAndKeepWhatIsFaster()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate());
        EncoderInfo info = generator.GetRequiredService<EncoderInfo>();
        float[] first = (await generator.GenerateAsync(["the signal"]))[0].Vector.ToArray();

        // One after another; other tests may take slots meanwhile, so that a text is not alone.
        for (int i = 0; info.Execution!.LoneGain is null && i < 100_000; i++)
        {
            Assert.Equal(first, (await generator.GenerateAsync(["the signal"]))[0].Vector.ToArray());
        }

        EncoderExecution execution = info.Execution!;
        Assert.Equal(Environment.ProcessorCount > 1, execution.LoneGain is not null);
        Assert.Equal(execution.LoneGain >= 1.15 ? Environment.ProcessorCount : 1, execution.LoneThreads);
        Assert.Equal(1, execution.ThreadsPerRun);
        Assert.Equal(Environment.ProcessorCount, execution.Slots);
    }

    [Fact]
    public async Task Dispose_WhileTheSecondSessionIsMade_WaitsForIt()
    {
        for (int round = 0; round < 5; round++)
        {
            using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate());
            for (int i = 0; i < 8 + round; i++)
            {
                await generator.GenerateAsync(["the signal"]);
            }
        }
    }

    [Fact]
    public async Task Load_SecondSessionThatCannotBeMade_LeavesNoSession()
    {
        using TemporaryModel model = TestModels.Copy("bert-cls-prompt");
        string graph = model.File("onnx/model.onnx");
        string[] before = Profiles();
        OnnxBackendSettings settings = new([OutputKind.HiddenStates], PadTokenId: 0)
        {
            Execution = ExecutionMode.Latency,
            ExecutionProviders = [ExecutionProvider.Auto],
            // It is told of the first session before the second is made.
            Logger = new ActingLogger(() => File.WriteAllText(graph, "no graph")),
        };

        Exception? exception = Record.Exception(() => GraphSessions.Load(graph, settings).Dispose());

        // A session that is left has its profile still.
        Assert.Equal(Environment.ProcessorCount > 1, exception is InvalidDataException);
        string[] made = [.. Profiles().Except(before)];
        await HangGuard.UntilAsync(() => !Profiles().Intersect(made).Any());
    }

    [Fact]
    public async Task GenerateAsync_ThreadsSet_RunsWithThemAlone()
    {
        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(LocalModels.BiEncoder.Locate(), new OnnxEmbeddingGeneratorOptions { Threads = 2 });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => generator.GenerateAsync(Texts)));

        EncoderExecution execution = generator.GetRequiredService<EncoderInfo>().Execution!;
        Assert.Equal((2, 2, null), (execution.ThreadsPerRun, execution.LoneThreads, execution.LoneGain));
        Assert.True(execution.RunTimeP95 > TimeSpan.Zero);
    }

    private static string[] Profiles() => Directory.GetFiles(Path.GetTempPath(), "localretrieval-*.json");

    /// <summary>Does something when it is told something.</summary>
    private sealed class ActingLogger(Action act) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => act();
    }
}
