using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>Puts together what a request gives, whatever kind of embedding.</summary>
internal static class EmbeddingResults
{
    /// <summary>The embeddings with their model, what was cut off and in how many windows they were read, and the tokens read.</summary>
    public static GeneratedEmbeddings<T> Create<T>(T[] embeddings, TextWindows windows, string modelId, TruncationLog truncationLog)
        where T : Embedding
    {
        DateTimeOffset createdAt = DateTimeOffset.UtcNow;
        for (int i = 0; i < embeddings.Length; i++)
        {
            embeddings[i].CreatedAt = createdAt;
            embeddings[i].ModelId = modelId;
            embeddings[i].AdditionalProperties = Properties(windows.CountOf(i), windows.All[windows.FirstOf(i)].DroppedTokens);
        }

        return new GeneratedEmbeddings<T>(embeddings) { Usage = TokenUsage.Of(windows.All), AdditionalProperties = truncationLog.Report(windows.All) };
    }

    private static AdditionalPropertiesDictionary? Properties(int windows, int droppedTokens) =>
        windows > 1 ? new() { [EmbeddingPropertyNames.Windows] = (long)windows }
        : droppedTokens > 0 ? new() { [EmbeddingPropertyNames.DroppedTokens] = (long)droppedTokens }
        : null;
}
