using System.Globalization;

namespace LocalRetrieval.Encoders;

/// <summary>What a run may take of memory.</summary>
internal static class RunBudget
{
    // What no common encoder exceeds: those with 1,024 dimensions and 16 heads hold some 30 KB and 130 bytes.
    private const double TokenBytes = 64 << 10;
    private const double PairBytes = 256;

    /// <summary>The budget of the options, or half of what the process may use.</summary>
    public static long Of(EncoderOptions options) => options.MaxRunBytes ?? Math.Max(1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>What is taken for granted of a model before it is measured.</summary>
    /// <param name="tokenOutputBytes">The bytes of its output a token.</param>
    public static EncoderRunMemory Assumed(long tokenOutputBytes) =>
        new() { FeedForwardBytes = TokenBytes + tokenOutputBytes, AttentionBytes = TokenBytes + tokenOutputBytes, AttentionPairBytes = PairBytes };

    /// <summary>Whether a run could come near the budget by what is taken for granted, or somebody has set one: then it is worth measuring.</summary>
    /// <param name="options">The options.</param>
    /// <param name="assumed">What is taken for granted.</param>
    /// <param name="maxTokens">The longest text.</param>
    public static bool IsInReach(EncoderOptions options, EncoderRunMemory assumed, int maxTokens)
    {
        // A run of the largest cost takes most where its texts are longest; short ones have their tokens alone.
        long largest = Math.Max(assumed.Predict(1, maxTokens), assumed.Predict(options.BatchTokenBudget, 1) * 2);
        return options.MaxRunBytes is not null || largest > Of(options);
    }

    /// <exception cref="ArgumentException">A run of a text alone would take more.</exception>
    public static void Check(TextWindows texts, EncoderRunMemory memory, long budget, string modelId, Func<int, int> indexOf, string parameter)
    {
        for (int i = 0; i < texts.All.Length; i++)
        {
            int tokens = texts.All[i].Ids.Length;
            if (memory.Predict(1, tokens) > budget)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The text at index {indexOf(texts.TextOf(i))} has {tokens} tokens{(texts.All[i].IsWindow ? " in one window" : "")}, for which a run of the model '{modelId}' ") +
                    string.Create(CultureInfo.InvariantCulture, $"would take about {memory.Predict(1, tokens)} bytes; MaxRunBytes allows {budget}. ") +
                    (memory.Predict(1, 1) > budget ? "That is less than a text of one token takes: raise MaxRunBytes." : "Cut it into passages, set MaxTokens to less, or raise MaxRunBytes."),
                    parameter);
            }
        }
    }
}
