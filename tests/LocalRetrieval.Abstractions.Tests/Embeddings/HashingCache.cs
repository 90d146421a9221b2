using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Abstractions.Tests.Embeddings;

/// <summary>A cache that tells requests apart as the platform's distributed cache does: by a hash of the JSON of each value and the options.</summary>
internal sealed class HashingCache(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    private readonly Dictionary<string, string> _entries = [];

    public int Count => _entries.Count;

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = [];
        foreach (string value in values)
        {
            string key = AIJsonUtilities.HashDataToString([value, options], AIJsonUtilities.DefaultOptions);
            if (!_entries.TryGetValue(key, out string? json))
            {
                GeneratedEmbeddings<Embedding<float>> generated = await base.GenerateAsync([value], options, cancellationToken);
                json = _entries[key] = JsonSerializer.Serialize(generated[0], AIJsonUtilities.DefaultOptions);
            }

            embeddings.Add(JsonSerializer.Deserialize<Embedding<float>>(json, AIJsonUtilities.DefaultOptions)!);
        }

        return embeddings;
    }
}
