using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Encoders;

/// <summary>Counts what was cut off, and warns the first time.</summary>
internal sealed partial class TruncationLog(ILogger logger, string modelId, int maxTokens)
{
    private int _warned;

    /// <summary>The totals for a result's AdditionalProperties, or null where nothing was cut.</summary>
    public AdditionalPropertiesDictionary? Report(TokenizedText[] texts)
    {
        long cut = 0;
        long dropped = 0;
        foreach (TokenizedText text in texts)
        {
            cut += text.DroppedTokens > 0 ? 1 : 0;
            dropped += text.DroppedTokens;
        }

        if (cut == 0)
        {
            return null;
        }

        if (Interlocked.Exchange(ref _warned, 1) == 0)
        {
            LogTruncated(logger, cut, texts.Length, modelId, maxTokens, dropped);
        }

        return new AdditionalPropertiesDictionary { [EmbeddingPropertyNames.TruncatedTexts] = cut, [EmbeddingPropertyNames.DroppedTokens] = dropped };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Cut} of {Count} inputs were longer than the {MaxTokens} tokens that {ModelId} reads; {Dropped} tokens were dropped. Cut texts into passages first. Said once; each result counts what was dropped.")]
    private static partial void LogTruncated(ILogger logger, long cut, int count, string modelId, int maxTokens, long dropped);
}
