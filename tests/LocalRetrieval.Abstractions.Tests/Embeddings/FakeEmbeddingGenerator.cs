using Microsoft.Extensions.AI;

namespace LocalRetrieval.Abstractions.Tests.Embeddings;

/// <summary>Gives each text the vector that a function makes of it and its role, with metadata, usage and properties to be handed on.</summary>
internal sealed class FakeEmbeddingGenerator(Func<string, string?, float[]> embed) : IEmbeddingGenerator<string, Embedding<float>>
{
    public EmbeddingGeneratorMetadata Metadata { get; } = new("fake", null, "fake-model", 3);

    public List<(string[] Texts, EmbeddingGenerationOptions? Options)> Calls { get; } = [];

    public int Disposals { get; private set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string[] texts = [.. values];
        Calls.Add((texts, options));
        string? role = options?.AdditionalProperties?[EmbeddingPropertyNames.InputType] as string;
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(embed(text, role))
        {
            ModelId = "fake-model",
            CreatedAt = DateTimeOffset.UnixEpoch,
            AdditionalProperties = new() { ["text"] = text },
        }))
        {
            Usage = new UsageDetails { InputTokenCount = texts.Length },
            AdditionalProperties = new() { ["texts"] = texts.Length },
        });
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() => Disposals++;
}
