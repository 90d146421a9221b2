using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>Counts the tokens that a request read.</summary>
internal static class TokenUsage
{
    public static UsageDetails Of(TokenizedText[] texts)
    {
        long tokens = 0;
        foreach (TokenizedText text in texts)
        {
            tokens += text.Ids.Length;
        }

        return new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
    }
}
