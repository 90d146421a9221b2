using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Makes a unit vector of each word of a text, by its first letter; records in which roles it was asked.</summary>
internal sealed class FakeMultiVectorGenerator : IEmbeddingGenerator<string, MultiVectorEmbedding>
{
    public const int Dimensions = 26;

    public int Length { get; init; } = Dimensions;

    public List<(string? Role, int? Dimensions)> Calls { get; } = [];

    /// <summary>What it says of its encoder; null to say nothing.</summary>
    public EncoderInfo? Encoder { get; init; }

    public Task<GeneratedEmbeddings<MultiVectorEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls.Add((options?.AdditionalProperties?["input_type"] as string, options?.Dimensions));
        return Task.FromResult(new GeneratedEmbeddings<MultiVectorEmbedding>(values.Select(Embed)));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(EncoderInfo) ? Encoder : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private MultiVectorEmbedding Embed(string text) => new(
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Enumerable.Range(0, Length).Select(letter => word[0] - 'a' == letter ? 1f : 0f)).ToArray(), Length);
}
