using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Makes vectors of the values of one type.</summary>
internal abstract class InputEmbedder(IEmbeddingGenerator generator)
{
    public IEmbeddingGenerator Generator => generator;

    /// <summary>Finds the embedder of a type that is known at compile time.</summary>
    /// <returns>The embedder, or null where the generator does not take the type.</returns>
    public static InputEmbedder? Find(Type inputType, IEmbeddingGenerator generator) => generator switch
    {
        IEmbeddingGenerator<string, Embedding<float>> texts when inputType == typeof(string) => new InputEmbedder<string>(texts),
        IEmbeddingGenerator<DataContent, Embedding<float>> contents when inputType == typeof(DataContent) => new InputEmbedder<DataContent>(contents),
        _ => null,
    };

    public abstract Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(
        IEnumerable<object> values, EmbeddingGenerationOptions options, CancellationToken cancellationToken);
}
