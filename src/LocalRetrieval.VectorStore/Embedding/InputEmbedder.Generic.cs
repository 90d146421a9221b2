using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Vector = Microsoft.Extensions.AI.Embedding;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Makes vectors of values of type <typeparamref name="TInput"/>.</summary>
internal sealed class InputEmbedder<TInput, TEmbedding>(IEmbeddingGenerator<TInput, TEmbedding> generator) : InputEmbedder(generator)
    where TEmbedding : Vector
{
    public override VectorKind Kind =>
        typeof(TEmbedding) == typeof(SparseEmbedding) ? VectorKind.Sparse
        : typeof(TEmbedding) == typeof(MultiVectorEmbedding) ? VectorKind.Multi
        : VectorKind.Dense;

    public override async Task<IReadOnlyList<Vector>> EmbedAsync(
        IEnumerable<object> values, EmbeddingGenerationOptions options, CancellationToken cancellationToken) =>
        await generator.GenerateAsync([.. values.Cast<TInput>()], options, cancellationToken).ConfigureAwait(false)
            ?? throw new VectorStoreException($"{generator.GetType().Name} gave null instead of embeddings.");
}
