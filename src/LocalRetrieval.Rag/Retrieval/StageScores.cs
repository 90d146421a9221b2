namespace LocalRetrieval.Rag;

/// <summary>What a stage of the user's gave, checked.</summary>
internal static class StageScores
{
    /// <exception cref="InvalidOperationException">A stage gave fewer or more scores than it was asked for.</exception>
    public static void ThrowIfOtherCount(string stage, int given, int asked)
    {
        if (given != asked)
        {
            throw new InvalidOperationException($"The stage '{stage}' gave {given} scores for {asked} candidates; it must give one for each, null where it has none.");
        }
    }
}
