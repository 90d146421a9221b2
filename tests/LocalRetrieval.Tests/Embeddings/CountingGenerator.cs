using Microsoft.Extensions.AI;

namespace LocalRetrieval.Tests.Embeddings;

/// <summary>Middleware that counts calls.</summary>
internal sealed class CountingGenerator<TEmbedding>(IEmbeddingGenerator<string, TEmbedding> inner) : DelegatingEmbeddingGenerator<string, TEmbedding>(inner)
    where TEmbedding : Embedding
{
    public int Calls { get; private set; }

    public bool IsDisposed { get; private set; }

    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls++;
        return base.GenerateAsync(values, options, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
