using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Embeds passages in batches.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class PassageEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator, int batchSize)
{
    /// <summary>How many passages are embedded in one request.</summary>
    public int BatchSize => batchSize;

    /// <summary>Gives passages their vectors.</summary>
    public async Task EmbedAsync(IEnumerable<Passage> passages, CancellationToken cancellationToken)
    {
        foreach (Passage[] batch in passages.Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateDocumentsAsync(
                Array.ConvertAll(batch, passage => passage.EmbeddedText), cancellationToken: cancellationToken).ConfigureAwait(false);
            if (embeddings.Count != batch.Length)
            {
                throw new InvalidOperationException($"{TypeNames.Of(generator.GetType())} gave {embeddings.Count} embeddings for {batch.Length} texts.");
            }

            for (int index = 0; index < batch.Length; index++)
            {
                batch[index].Vector = embeddings[index].Vector;
            }
        }
    }
}
