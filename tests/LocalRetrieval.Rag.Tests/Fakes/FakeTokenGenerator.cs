using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Makes a unit vector of each word of a text, by its first letter; records what it was asked.</summary>
internal sealed class FakeTokenGenerator(string? model = null) : IEmbeddingGenerator<string, MultiVectorEmbedding>
{
    public const int Dimensions = 26;

    public List<(string? Role, string[] Texts)> Calls { get; } = [];

    public Task<GeneratedEmbeddings<MultiVectorEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        lock (Calls)
        {
            Calls.Add((options?.AdditionalProperties?["input_type"] as string, texts));
        }

        return Task.FromResult(new GeneratedEmbeddings<MultiVectorEmbedding>(texts.Select(Embed)));
    }

    public static MultiVectorEmbedding Embed(string text) => new(
        text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => Enumerable.Range(0, Dimensions).Select(letter => word[0] - 'a' == letter ? 1f : 0f)).ToArray(), Dimensions);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EncoderInfo) && model is not null ? Info(model) : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static EncoderInfo Info(string model) =>
        new(model, () => new EncoderFingerprint([FingerprintComponent.Of(FingerprintComponents.Model, model, model)])) { Dimensions = Dimensions };
}
