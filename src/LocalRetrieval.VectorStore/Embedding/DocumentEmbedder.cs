using LocalRetrieval.DependencyInjection;
using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Vector = Microsoft.Extensions.AI.Embedding;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Gathers what is to be embedded of a batch of records and embeds it with one call to each generator, kind and length of vectors.</summary>
internal sealed class DocumentEmbedder
{
    private readonly Dictionary<(IEmbeddingGenerator Generator, Type InputType, VectorKind Kind, int Dimensions), Pending> _pending = [];

    /// <summary>Adds a value of a property; <paramref name="accept"/> is given its vector by <see cref="EmbedAsync"/>.</summary>
    public void Add(VectorProperty property, object value, Action<Vector> accept)
    {
        InputEmbedder embedder = property.Embedder!;
        (IEmbeddingGenerator, Type, VectorKind, int) key = (embedder.Generator, property.Type, property.Kind, property.Dimensions);
        if (!_pending.TryGetValue(key, out Pending? pending))
        {
            _pending.Add(key, pending = new(embedder, [], [], []));
        }

        pending.Properties.Add(property);
        pending.Values.Add(value);
        pending.Accept.Add(accept);
    }

    /// <summary>Embeds everything, once each property's encoder was checked.</summary>
    /// <param name="check">Finds the encoder of a property's generator and refuses a wrong one.</param>
    /// <param name="cancellationToken">Ends the embedding.</param>
    /// <exception cref="VectorStoreException">A generator did not give one embedding a value.</exception>
    public async Task EmbedAsync(Func<VectorProperty, ValueTask<PropertyEncoder>> check, CancellationToken cancellationToken)
    {
        foreach (Pending pending in _pending.Values)
        {
            foreach (VectorProperty property in pending.Properties)
            {
                pending.Options = (await check(property).ConfigureAwait(false)).Options;
            }
        }

        foreach (Pending pending in _pending.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (InputEmbedder embedder, _, List<object> values, List<Action<Vector>> accept) = pending;
            IReadOnlyList<Vector> embeddings = await embedder
                .EmbedAsync(values, EmbeddingInputTypes.DocumentOptions(pending.Options), cancellationToken)
                .ConfigureAwait(false);
            if (embeddings.Count != values.Count)
            {
                throw new VectorStoreException($"{TypeNames.Of(embedder.Generator.GetType())} gave {embeddings.Count} embeddings for {values.Count} texts.");
            }

            for (int i = 0; i < values.Count; i++)
            {
                accept[i](embeddings[i]);
            }
        }
    }

    private sealed record Pending(
        InputEmbedder Embedder, HashSet<VectorProperty> Properties, List<object> Values, List<Action<Vector>> Accept)
    {
        public EmbeddingGenerationOptions? Options { get; set; }
    }
}
