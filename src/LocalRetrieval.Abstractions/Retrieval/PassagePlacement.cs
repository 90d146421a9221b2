namespace LocalRetrieval;

/// <summary>In which order the chosen passages are returned.</summary>
public enum PassagePlacement
{
    /// <summary>The best first.</summary>
    BestFirst,

    /// <summary>
    /// The best at both ends and the worst in the middle: ranks 1, 3, 5, … 6, 4, 2. For chat models that pay less heed to the middle of a long prompt.
    /// </summary>
    /// <remarks>Liu et al., "Lost in the Middle: How Language Models Use Long Contexts", TACL 2024.</remarks>
    BestAtBothEnds,
}
