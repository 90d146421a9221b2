using LocalRetrieval.Loading;

namespace LocalRetrieval.Hosting.Tests;

/// <summary>A registered encoder in a state that a test sets.</summary>
internal sealed class FakeEncoder : ILazyService
{
    public bool IsLoaded { get; init; } = true;

    public Exception? Failure { get; init; }

    public EncoderExecution? Execution { get; set; }

    public EncoderInfo? LoadedInfo => !IsLoaded ? null
        : new EncoderInfo("a model", new EncoderFingerprint([FingerprintComponent.Of(FingerprintComponents.Model, "content")])) { DescribeExecution = () => Execution };

    /// <summary>What a queue is like.</summary>
    public static EncoderExecution Queue(int texts = 0, double fill = 0, double stall = 0) => new()
    {
        Slots = 2,
        ThreadsPerRun = 1,
        LoneThreads = 1,
        QueuedTexts = texts,
        MaxQueuedTexts = 100,
        QueueFill = fill,
        QueueStall = TimeSpan.FromSeconds(stall),
        SinceLastRun = TimeSpan.FromSeconds(3),
    };

    public RegisteredEncoder Register(string kind = "Embeddings", object? serviceKey = null, Func<CancellationToken, Task>? warmUp = null) =>
        new(kind, serviceKey, warmUp ?? (_ => Task.CompletedTask)) { Model = this };
}
