using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Gathers the texts of a batch of records and embeds them with one call to each generator.</summary>
internal sealed class DocumentEmbedder
{
    private readonly Dictionary<IEmbeddingGenerator<string, Embedding<float>>, List<(string Text, Action<ReadOnlyMemory<float>> Accept)>> _texts =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds a text of a property; <paramref name="accept"/> is given its vector by <see cref="EmbedAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The property has no generator of strings.</exception>
    public void Add(VectorProperty property, string text, Action<ReadOnlyMemory<float>> accept)
    {
        if (property.Generator is not IEmbeddingGenerator<string, Embedding<float>> generator)
        {
            throw new InvalidOperationException(property.Generator is null
                ? $"Property '{property.Name}' holds text, and no embedding generator is registered. "
                    + $"Set one on the property, its definition or {nameof(LocalVectorStoreOptions)}."
                : $"Property '{property.Name}' holds text, and its generator {property.Generator.GetType().Name} does not turn strings into Embedding<float>.");
        }

        if (!_texts.TryGetValue(generator, out List<(string, Action<ReadOnlyMemory<float>>)>? texts))
        {
            _texts.Add(generator, texts = []);
        }

        texts.Add((text, accept));
    }

    /// <exception cref="VectorStoreException">A generator did not give one embedding a text.</exception>
    public async Task EmbedAsync(CancellationToken cancellationToken)
    {
        foreach ((IEmbeddingGenerator<string, Embedding<float>> generator, List<(string Text, Action<ReadOnlyMemory<float>> Accept)> texts) in _texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            GeneratedEmbeddings<Embedding<float>> embeddings = await generator
                .GenerateAsync(texts.ConvertAll(static entry => entry.Text), EmbeddingInputTypes.DocumentOptions(), cancellationToken)
                .ConfigureAwait(false);
            if (embeddings.Count != texts.Count)
            {
                throw new VectorStoreException($"{generator.GetType().Name} gave {embeddings.Count} embeddings for {texts.Count} texts.");
            }

            for (int i = 0; i < texts.Count; i++)
            {
                texts[i].Accept(embeddings[i].Vector);
            }
        }
    }
}
