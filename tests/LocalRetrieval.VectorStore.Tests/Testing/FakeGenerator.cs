using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Makes of each text a vector of its length, its first character and one; records what it was asked.</summary>
internal sealed class FakeGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    public List<(string[] Texts, string? Role, CancellationToken CancellationToken)> Calls { get; } = [];

    public Func<string, float[]> Vector { get; init; } = static text => [text.Length, text.Length == 0 ? 0 : text[0], 1];

    public Exception? Failure { get; set; }

    public bool LosesOne { get; init; }

    public bool IsDisposed { get; private set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        Calls.Add((texts, options?.AdditionalProperties?["input_type"] as string, cancellationToken));
        return Failure is not null
            ? Task.FromException<GeneratedEmbeddings<Embedding<float>>>(Failure)
            : Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(
                texts.Skip(LosesOne ? 1 : 0).Select(text => new Embedding<float>(Vector(text)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => IsDisposed = true;
}
