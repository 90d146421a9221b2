using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Embeds passages in batches. Nobody waits for an index as for an answer: an encoder that refuses them since too much waits is asked again later.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class PassageEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator, int batchSize, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>How many passages are embedded in one request.</summary>
    public int BatchSize => batchSize;

    /// <summary>Gives passages their vectors.</summary>
    public async Task EmbedAsync(IEnumerable<Passage> passages, CancellationToken cancellationToken)
    {
        foreach (Passage[] batch in passages.Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            GeneratedEmbeddings<Embedding<float>> embeddings = await GenerateAsync(Array.ConvertAll(batch, passage => passage.EmbeddedText), cancellationToken).ConfigureAwait(false);
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

    private async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(string[] texts, CancellationToken cancellationToken)
    {
        for (TimeSpan pause = ShortestPause; ; pause = Shorter(pause * 2, LongestPause))
        {
            TimeSpan expected;
            try
            {
                return await generator.GenerateDocumentsAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            catch (EncoderOverloadedException overload)
            {
                expected = overload.ExpectedWait ?? TimeSpan.Zero;
            }

            await Task.Delay(expected > pause ? Shorter(expected, LongestPause) : pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
