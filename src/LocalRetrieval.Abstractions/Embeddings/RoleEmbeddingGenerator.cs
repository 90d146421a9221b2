using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Gives requests that name no role a role of its own.</summary>
internal sealed class RoleEmbeddingGenerator<TEmbedding>(IEmbeddingGenerator<string, TEmbedding> inner, string inputType)
    : DelegatingEmbeddingGenerator<string, TEmbedding>(inner)
    where TEmbedding : Embedding
{
    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GenerateAsync(values, EmbeddingInputTypes.IsNamed(options) ? options : EmbeddingInputTypes.Options(options, inputType), cancellationToken);
}
