using Microsoft.Extensions.AI;

namespace LocalRetrieval.ModelContextProtocol.Tests.Fakes;

/// <summary>Embeds nothing before its gate is open, and says when it was asked and cancelled.</summary>
internal sealed class GatedGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Dimensions = 4;

    private readonly WordTokenCounter _counter = new();

    public TaskCompletionSource Gate { get; private set; } = New();

    public TaskCompletionSource Asked { get; private set; } = New();

    public TaskCompletionSource Cancelled { get; } = New();

    /// <summary>Closes the gate, and waits to be asked anew.</summary>
    public void Close() => (Gate, Asked) = (New(), New());

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.TrySetResult();
        try
        {
            await Gate.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled.TrySetResult();
            throw;
        }

        return [.. values.Select(text => new Embedding<float>(new float[] { 1, text.Length, 0, 0 }))];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("fake", defaultModelDimensions: Dimensions)
        : serviceType == typeof(ITokenCounter) ? _counter
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
