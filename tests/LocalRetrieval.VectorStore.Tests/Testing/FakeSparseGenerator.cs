using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Makes of each text the counts of its words' lengths; records in which roles it was asked.</summary>
internal sealed class FakeSparseGenerator : IEmbeddingGenerator<string, SparseEmbedding>
{
    public List<(string? Role, int? Dimensions)> Calls { get; } = [];

    public int Dimensions { get; init; } = 100;

    public float Sign { get; init; } = 1;

    /// <summary>What it says of its encoder; null to say nothing.</summary>
    public EncoderInfo? Encoder { get; init; }

    public Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls.Add((options?.AdditionalProperties?["input_type"] as string, options?.Dimensions));
        return Task.FromResult(new GeneratedEmbeddings<SparseEmbedding>(values.Select(Embed)));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(EncoderInfo) ? Encoder : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private SparseEmbedding Embed(string text)
    {
        (int Length, int Count)[] lengths = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).CountBy(word => word.Length).Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key)];
        return new(lengths.Select(pair => pair.Length).ToArray(), lengths.Select(pair => Sign * pair.Count).ToArray(), Dimensions);
    }
}
