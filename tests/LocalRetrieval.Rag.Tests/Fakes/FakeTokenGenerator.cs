using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Makes a unit vector of each word of a text, by its first letter; records what it was asked.</summary>
internal sealed class FakeTokenGenerator(string? model = null, int dimensions = FakeTokenGenerator.Dimensions) : IEmbeddingGenerator<string, MultiVectorEmbedding>
{
    public const int Dimensions = 26;

    public List<(string? Role, string[] Texts)> Calls { get; } = [];

    /// <summary>Makes the vectors of one model other than those of another: by how many letters a word is moved on.</summary>
    public int Shift { get; init; }

    /// <summary>A text that contains this makes the request fail.</summary>
    public string? FailOn { get; set; }

    /// <summary>The texts of documents that were embedded, but for the one that tells dimensions.</summary>
    public IEnumerable<string> Documents => Calls.Where(call => call.Role == "document").SelectMany(call => call.Texts).Where(text => text != "dimensions");

    /// <summary>What it says of its encoder; null where it says nothing.</summary>
    public EncoderInfo? Encoder => model is null ? null : Info(model, dimensions);

    public Task<GeneratedEmbeddings<MultiVectorEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        if (FailOn is not null && Array.Exists(texts, text => text.Contains(FailOn, StringComparison.Ordinal)))
        {
            throw new IOException($"cannot embed '{FailOn}'");
        }

        lock (Calls)
        {
            Calls.Add((options?.AdditionalProperties?["input_type"] as string, texts));
        }

        return Task.FromResult(new GeneratedEmbeddings<MultiVectorEmbedding>(texts.Select(Make)));
    }

    /// <summary>What a model of no shift makes of a text.</summary>
    public static MultiVectorEmbedding Embed(string text) => Embed(text, shift: 0, Dimensions);

    /// <summary>What this one makes of a text.</summary>
    public MultiVectorEmbedding Make(string text) => Embed(text, Shift, dimensions);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EncoderInfo) ? Encoder : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static MultiVectorEmbedding Embed(string text, int shift, int dimensions) => new(
        text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => Enumerable.Range(0, dimensions).Select(letter => (word[0] - 'a' + shift) % dimensions == letter ? 1f : 0f)).ToArray(), dimensions);

    private static EncoderInfo Info(string model, int dimensions) =>
        new(model, () => new EncoderFingerprint([FingerprintComponent.Of(FingerprintComponents.Model, model, model)])) { Dimensions = dimensions };
}
