using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Makes vectors of values of type <typeparamref name="TInput"/>.</summary>
internal sealed class InputEmbedder<TInput>(IEmbeddingGenerator<TInput, Embedding<float>> generator) : InputEmbedder(generator)
{
    public override Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(
        IEnumerable<object> values, EmbeddingGenerationOptions options, CancellationToken cancellationToken) =>
        generator.GenerateAsync([.. values.Cast<TInput>()], options, cancellationToken);
}
