namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>What becomes of a match at which a text is cut.</summary>
internal enum SplitBehavior
{
    Removed,
    Isolated,
    MergedWithPrevious,
    MergedWithNext,

    /// <summary>Matches that touch are one piece.</summary>
    Contiguous,
}
