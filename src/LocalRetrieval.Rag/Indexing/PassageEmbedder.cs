using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Embeds passages in batches. Nobody waits for an index as for an answer: an encoder that refuses them since too much waits is asked again later.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="generator">Makes the vector of a passage.</param>
/// <param name="tokens">Makes those of its tokens; null where nobody wants them.</param>
/// <param name="batchSize">How many passages are embedded in one request.</param>
/// <param name="time">What pauses go by.</param>
internal sealed class PassageEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator, IEmbeddingGenerator<string, MultiVectorEmbedding>? tokens, int batchSize, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>How many passages are embedded in one request.</summary>
    public int BatchSize => batchSize;

    /// <summary>Gives passages all of their vectors: their own, and those of their tokens where these are wanted.</summary>
    public async Task EmbedAsync(IEnumerable<Passage> passages, CancellationToken cancellationToken)
    {
        foreach (Passage[] batch in passages.Chunk(batchSize))
        {
            await EmbedVectorsAsync(batch, cancellationToken).ConfigureAwait(false);
            await EmbedTokensAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives passages their own vectors, and leaves those of their tokens as they are.</summary>
    public Task EmbedVectorsAsync(IEnumerable<Passage> passages, CancellationToken cancellationToken) =>
        EmbedAsync(generator, passages, static (passage, embedding) => passage.Vector = embedding.Vector, cancellationToken);

    /// <summary>Gives passages that have none the vectors of their tokens, where these are wanted, and leaves their own as they are.</summary>
    public Task EmbedTokensAsync(IEnumerable<Passage> passages, CancellationToken cancellationToken) => tokens is null
        ? Task.CompletedTask
        : EmbedAsync(tokens, passages.Where(passage => passage.TokenVectors is null), static (passage, embedding) => passage.TokenVectors = embedding, cancellationToken);

    private async Task EmbedAsync<TEmbedding>(
        IEmbeddingGenerator<string, TEmbedding> encoder, IEnumerable<Passage> passages, Action<Passage, TEmbedding> set, CancellationToken cancellationToken)
        where TEmbedding : Embedding
    {
        foreach (Passage[] batch in passages.Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await EmbedBatchAsync(encoder, batch, set, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EmbedBatchAsync<TEmbedding>(
        IEmbeddingGenerator<string, TEmbedding> encoder, Passage[] batch, Action<Passage, TEmbedding> set, CancellationToken cancellationToken)
        where TEmbedding : Embedding
    {
        GeneratedEmbeddings<TEmbedding> embeddings = await GenerateAsync(encoder, Array.ConvertAll(batch, passage => passage.EmbeddedText), cancellationToken).ConfigureAwait(false);
        if (embeddings.Count != batch.Length)
        {
            throw new InvalidOperationException($"{TypeNames.Of(encoder.GetType())} gave {embeddings.Count} embeddings for {batch.Length} texts.");
        }

        for (int index = 0; index < batch.Length; index++)
        {
            set(batch[index], embeddings[index]);
        }
    }

    private async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync<TEmbedding>(IEmbeddingGenerator<string, TEmbedding> encoder, string[] texts, CancellationToken cancellationToken)
        where TEmbedding : Embedding
    {
        for (TimeSpan pause = ShortestPause; ; pause = Shorter(pause * 2, LongestPause))
        {
            TimeSpan expected;
            try
            {
                return await encoder.GenerateDocumentsAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
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
