using LocalRetrieval.Testing;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders.Tests;

public sealed class EncoderOptionsTests
{
    [Fact]
    public void Copy_AnyKind_HasEveryProperty()
    {
        AssertCopied(
            new TestOptions.Dense { Pooling = PoolingMode.Max, Normalize = false, Truncation = TruncationPolicy.Throw, ChunkOverlap = 7, MatryoshkaDimensions = [3] },
            options => new TestOptions.Dense(options));
        AssertCopied(new TestOptions.Sparse { MaxActiveDimensions = 9 }, options => new TestOptions.Sparse(options));
        AssertCopied(new TestOptions.CrossEncoder { ScoreLabel = "relevant" }, options => new TestOptions.CrossEncoder(options));
    }

    [Fact]
    public void Set_ValueOutOfRange_NamesTheProperty()
    {
        TestOptions.Dense options = new();

        Assert.Equal("MaxTokens", Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxTokens = 0).ParamName);
        Assert.Equal("BatchTokenBudget", Assert.Throws<ArgumentOutOfRangeException>(() => options.BatchTokenBudget = 0).ParamName);
        Assert.Equal("Threads", Assert.Throws<ArgumentOutOfRangeException>(() => options.Threads = 0).ParamName);
        Assert.Equal("Threads", Assert.Throws<ArgumentOutOfRangeException>(() => options.Threads = 257).ParamName);
        Assert.Equal("Execution", Assert.Throws<ArgumentOutOfRangeException>(() => options.Execution = (ExecutionMode)9).ParamName);
        Assert.Equal("ExecutionProviders", Assert.Throws<ArgumentException>(() => options.ExecutionProviders = []).ParamName);
        Assert.Equal("ExecutionProviders", Assert.Throws<ArgumentException>(() => options.ExecutionProviders = [null!]).ParamName);
        Assert.Equal("ExecutionProviders", Assert.Throws<ArgumentException>(() => options.ExecutionProviders = [ExecutionProvider.Auto, ExecutionProvider.Cpu]).ParamName);
        Assert.Equal("Name", Assert.Throws<ArgumentException>(() => new ExecutionProvider { Name = " " }).ParamName);
        Assert.Equal("MaxRunTime", Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxRunTime = TimeSpan.Zero).ParamName);
        Assert.Equal("MaxRunTime", Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxRunTime = TimeSpan.FromMinutes(2)).ParamName);
        Assert.Equal("MaxRunBytes", Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxRunBytes = 0).ParamName);
        Assert.Equal("MaxQueuedTexts", Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxQueuedTexts = 0).ParamName);
        Assert.Equal("MaxQueuedBytes", Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxQueuedBytes = 0).ParamName);
        Assert.Equal("Overload", Assert.Throws<ArgumentOutOfRangeException>(() => options.Overload = (OverloadBehavior)9).ParamName);
        Assert.Equal("ModelId", Assert.Throws<ArgumentException>(() => options.ModelId = "").ParamName);
        Assert.Equal("GraphFile", Assert.Throws<ArgumentException>(() => options.GraphFile = " ").ParamName);
        Assert.Equal("LoneSurrogates", Assert.Throws<ArgumentOutOfRangeException>(() => options.LoneSurrogates = (LoneSurrogateHandling)9).ParamName);
        Assert.Equal("Truncation", Assert.Throws<ArgumentOutOfRangeException>(() => options.Truncation = (TruncationPolicy)9).ParamName);
        Assert.Equal("Pooling", Assert.Throws<ArgumentOutOfRangeException>(() => options.Pooling = (PoolingMode)9).ParamName);
        Assert.Equal("ChunkOverlap", Assert.Throws<ArgumentOutOfRangeException>(() => options.ChunkOverlap = -1).ParamName);
        Assert.Equal("MatryoshkaDimensions", Assert.Throws<ArgumentOutOfRangeException>(() => options.MatryoshkaDimensions = [0]).ParamName);
        Assert.Equal("MaxActiveDimensions", Assert.Throws<ArgumentOutOfRangeException>(() => new TestOptions.Sparse().MaxActiveDimensions = 0).ParamName);
    }

    [Fact]
    public void Threads_MostThatAreTaken_IsKept() => Assert.Equal(256, new TestOptions.Dense { Threads = 256 }.Threads);

    private static void AssertCopied<T>(T options, Func<T, T> copy)
        where T : EncoderOptions, new()
    {
        (options.MaxTokens, options.BatchTokenBudget, options.Threads, options.Execution, options.MaxRunTime) = (8, 64, 2, ExecutionMode.Latency, TimeSpan.FromMilliseconds(7));
        (options.ExecutionProviders, options.MaxRunBytes, options.MaxQueuedTexts, options.MaxQueuedBytes, options.Overload) = ([ExecutionProvider.Auto], 11, 9, 10, OverloadBehavior.Throw);
        (options.GraphFile, options.LoneSurrogates, options.ModelId) = ("model_int8.onnx", LoneSurrogateHandling.Replace, "m");

        Assert.Empty(OptionsCopy.Faults(options, copy));
    }
}
