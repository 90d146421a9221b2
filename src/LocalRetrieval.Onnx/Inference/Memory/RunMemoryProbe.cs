namespace LocalRetrieval.Onnx.Inference.Memory;

/// <summary>Measures what runs of a session take of memory, by a text of each of three lengths.</summary>
/// <remarks>
/// The arena counts to the byte, but keeps only the most that it ever was: so before any other run, shortest first. A run of short texts shows what feed-forward layers
/// take, two of long ones what attention does.
/// </remarks>
internal static class RunMemoryProbe
{
    // At 512 tokens attention outweighs the rest with every common number of heads; longer texts would take long.
    private const int LongestTokens = 512;
    private const int MiddleShare = 2;
    private const int ShortestShare = 8;

    /// <param name="arena">The session's arena.</param>
    /// <param name="maxTokens">The longest text that the model reads.</param>
    /// <param name="run">Runs a text of so many tokens.</param>
    /// <returns>What was measured; null where the arena does not tell, or the texts are too short to tell anything.</returns>
    public static EncoderRunMemory? Measure(SessionArena arena, int maxTokens, Action<int> run)
    {
        int longest = Math.Min(maxTokens, LongestTokens);
        int[] lengths = [longest / ShortestShare, longest / MiddleShare, longest];
        double[] each = new double[lengths.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 1 || Growth(arena, () => run(lengths[i])) is not { } growth)
            {
                return null;
            }

            each[i] = (double)growth / lengths[i];
        }

        return Fit(lengths, each);
    }

    /// <summary>What a run takes at its peak; null where the arena does not tell, or has held more before.</summary>
    public static long? Growth(SessionArena arena, Action run)
    {
        ArenaStatistics? before = arena.Read();
        run();
        return arena.Read() is { } after && before is { } known && after.PeakUsed > known.PeakUsed ? after.PeakUsed - known.Used : null;
    }

    // The line through the two longest; above the shortest it is never less.
    private static EncoderRunMemory Fit(int[] lengths, double[] each)
    {
        double pair = Math.Max(0, (each[2] - each[1]) / (lengths[2] - lengths[1]));
        return new EncoderRunMemory { IsMeasured = true, FeedForwardBytes = each[0], AttentionBytes = each[2] - (pair * lengths[2]), AttentionPairBytes = pair };
    }
}
