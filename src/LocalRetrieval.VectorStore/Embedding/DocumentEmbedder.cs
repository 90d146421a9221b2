using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Gathers what is to be embedded of a batch of records and embeds it with one call to each generator.</summary>
internal sealed class DocumentEmbedder
{
    private readonly Dictionary<(IEmbeddingGenerator Generator, Type InputType), Pending> _pending = [];

    /// <summary>Adds a value of a property; <paramref name="accept"/> is given its vector by <see cref="EmbedAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The property has no generator.</exception>
    public void Add(VectorProperty property, object value, Action<ReadOnlyMemory<float>> accept)
    {
        if (property.Embedder is not { } embedder)
        {
            throw new InvalidOperationException(
                $"Property '{property.Name}' holds text, and no embedding generator is registered. "
                + $"Set one on the property, its definition or {nameof(LocalVectorStoreOptions)}.");
        }

        if (!_pending.TryGetValue((embedder.Generator, property.Type), out Pending? pending))
        {
            _pending.Add((embedder.Generator, property.Type), pending = new(embedder, [], []));
        }

        pending.Values.Add(value);
        pending.Accept.Add(accept);
    }

    /// <exception cref="VectorStoreException">A generator did not give one embedding a value.</exception>
    public async Task EmbedAsync(CancellationToken cancellationToken)
    {
        foreach ((InputEmbedder embedder, List<object> values, List<Action<ReadOnlyMemory<float>>> accept) in _pending.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            GeneratedEmbeddings<Embedding<float>> embeddings = await embedder
                .EmbedAsync(values, EmbeddingInputTypes.DocumentOptions(), cancellationToken)
                .ConfigureAwait(false);
            if (embeddings.Count != values.Count)
            {
                throw new VectorStoreException($"{embedder.Generator.GetType().Name} gave {embeddings.Count} embeddings for {values.Count} texts.");
            }

            for (int i = 0; i < values.Count; i++)
            {
                accept[i](embeddings[i].Vector);
            }
        }
    }

    private sealed record Pending(InputEmbedder Embedder, List<object> Values, List<Action<ReadOnlyMemory<float>>> Accept);
}
