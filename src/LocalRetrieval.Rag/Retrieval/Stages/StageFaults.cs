namespace LocalRetrieval.Rag;

/// <summary>Refuses what a stage gives.</summary>
internal static class StageFaults
{
    /// <summary>The error for a stage that gave null.</summary>
    public static InvalidOperationException GaveNull(string stage, string expected) => new($"The stage '{stage}' gave null instead of {expected}.");

    /// <exception cref="InvalidOperationException">The stage gave more or fewer scores than were asked for.</exception>
    public static void ThrowIfOtherCount(string stage, int given, int asked)
    {
        if (given != asked)
        {
            throw new InvalidOperationException($"The stage '{stage}' gave {given} scores for {asked} candidates; it must give one for each, null where it has none.");
        }
    }
}
