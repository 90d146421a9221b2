using System.Collections.Concurrent;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Embeds a text as the counts of its words over a few buckets; deterministic, and close where words are shared.</summary>
internal sealed class FakeEmbeddingGenerator(int dimensions = 32, bool saysDimensions = true, ITokenCounter? counter = null) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly ITokenCounter _counter = counter ?? new WordTokenCounter();

    /// <summary>Every text that was embedded, with its role.</summary>
    public ConcurrentQueue<(string Text, string? Role)> Embedded { get; } = [];

    /// <summary>The number of requests.</summary>
    public int Requests => _requests;

    /// <summary>A text that contains this makes the request fail.</summary>
    public string? FailOn { get; set; }

    /// <summary>What the next requests are refused with, before others are answered.</summary>
    public ConcurrentQueue<Exception> Refusals { get; } = [];

    public string ModelId { get; set; } = "fake";

    /// <summary>Makes the vectors of one model other than those of another: it is read before each word.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What it says of its encoder; null to say nothing.</summary>
    public EncoderInfo? Encoder { get; init; }

    /// <summary>The threads that it was asked on for its encoder.</summary>
    public ConcurrentQueue<Thread> AskedOn { get; } = [];

    private int _requests;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
        Interlocked.Increment(ref _requests);
        if (Refusals.TryDequeue(out Exception? refusal))
        {
            throw refusal;
        }

        GeneratedEmbeddings<Embedding<float>> embeddings = [];
        foreach (string value in values)
        {
            if (FailOn is not null && value.Contains(FailOn, StringComparison.Ordinal))
            {
                throw new IOException($"cannot embed '{FailOn}'");
            }

            Embedded.Enqueue((value, options?.AdditionalProperties?["input_type"] as string));
            embeddings.Add(new Embedding<float>(Vector(value)));
        }

        return embeddings;
    }

    public float[] Vector(string text)
    {
        float[] vector = new float[dimensions];
        foreach (string word in text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            uint hash = 2166136261;
            foreach (char c in Prefix + word)
            {
                hash = (hash ^ c) * 16777619;
            }

            vector[hash % (uint)dimensions]++;
        }

        vector[0] += 0.01f;
        return vector;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EncoderInfo) ? AskForEncoder()
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("fake", null, ModelId, saysDimensions ? dimensions : null)
        : serviceType == typeof(ITokenCounter) ? _counter
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }

    private EncoderInfo? AskForEncoder()
    {
        AskedOn.Enqueue(Thread.CurrentThread);
        return Encoder;
    }
}
