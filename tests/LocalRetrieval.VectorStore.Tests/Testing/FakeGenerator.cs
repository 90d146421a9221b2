using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Makes of each text a vector of its length, its first character and one; records what it was asked.</summary>
internal sealed class FakeGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<(string[] Texts, string? Role, int? Dimensions, CancellationToken CancellationToken)> Calls { get; } = [];

    public Func<string, float[]> Vector { get; init; } = static text => [text.Length, text.Length == 0 ? 0 : text[0], 1];

    /// <summary>What it says of its encoder; null to say nothing.</summary>
    public EncoderInfo? Encoder { get; init; }

    /// <summary>The threads that it was asked on for its encoder.</summary>
    public List<Thread> AskedOn { get; } = [];

    /// <summary>Ends when it is first called.</summary>
    public Task Called => _called.Task;

    /// <summary>What each call waits for before it gives anything.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public Exception? Failure { get; set; }

    public bool LosesOne { get; init; }

    public bool GivesNull { get; init; }

    public bool GivesNoResult { get; init; }

    public bool IsDisposed { get; private set; }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        Calls.Add((texts, options?.AdditionalProperties?["input_type"] as string, options?.Dimensions, cancellationToken));
        _called.TrySetResult();
        await Gate;
        return Failure is not null
            ? throw Failure
            : GivesNoResult ? null!
            : new GeneratedEmbeddings<Embedding<float>>(
                texts.Skip(LosesOne ? 1 : 0).Select(text => GivesNull ? null! : new Embedding<float>(Vector(text))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is null && serviceType == typeof(EncoderInfo))
        {
            AskedOn.Add(Thread.CurrentThread);
            return Encoder;
        }

        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose() => IsDisposed = true;
}
