using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Takes texts and data, and makes of each a vector whose direction is told by its length; records what it was asked.</summary>
internal sealed class TextAndDataGenerator : IEmbeddingGenerator<string, Embedding<float>>, IEmbeddingGenerator<DataContent, Embedding<float>>
{
    /// <summary>The kind and the lengths of each call's values.</summary>
    public List<string> Calls { get; } = [];

    public static float[] VectorOf(int length) => [MathF.Cos(length), MathF.Sin(length), 0];

    Task<GeneratedEmbeddings<Embedding<float>>> IEmbeddingGenerator<string, Embedding<float>>.GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken) =>
        Make("text", [.. values.Select(text => text.Length)]);

    Task<GeneratedEmbeddings<Embedding<float>>> IEmbeddingGenerator<DataContent, Embedding<float>>.GenerateAsync(
        IEnumerable<DataContent> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken) =>
        Make("data", [.. values.Select(data => data.Data.Length)]);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private Task<GeneratedEmbeddings<Embedding<float>>> Make(string kind, int[] lengths)
    {
        Calls.Add($"{kind} {string.Join(',', lengths)}");
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(lengths.Select(length => new Embedding<float>(VectorOf(length)))));
    }
}
