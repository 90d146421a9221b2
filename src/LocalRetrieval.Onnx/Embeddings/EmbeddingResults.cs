using LocalRetrieval.Onnx.Batching;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Onnx.Embeddings;

/// <summary>Puts together what a request gives, whatever kind of embedding.</summary>
internal static class EmbeddingResults
{
    /// <summary>The embeddings with their model and what was cut off, and the tokens read.</summary>
    public static GeneratedEmbeddings<T> Create<T>(T[] embeddings, TokenizedText[] texts, string modelId, TruncationLog truncationLog)
        where T : Embedding
    {
        DateTimeOffset createdAt = DateTimeOffset.UtcNow;
        for (int i = 0; i < embeddings.Length; i++)
        {
            embeddings[i].CreatedAt = createdAt;
            embeddings[i].ModelId = modelId;
            embeddings[i].AdditionalProperties = texts[i].DroppedTokens == 0 ? null : new() { [EmbeddingPropertyNames.DroppedTokens] = (long)texts[i].DroppedTokens };
        }

        return new GeneratedEmbeddings<T>(embeddings) { Usage = TokenUsage.Of(texts), AdditionalProperties = truncationLog.Report(texts) };
    }
}
