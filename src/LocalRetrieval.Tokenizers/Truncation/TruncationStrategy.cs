namespace LocalRetrieval.Tokenizers;

/// <summary>Which text of a pair loses tokens where both together are too long.</summary>
public enum TruncationStrategy
{
    /// <summary>The longer one, down to the length of the other; then both.</summary>
    LongestFirst,

    /// <summary>The first alone.</summary>
    OnlyFirst,

    /// <summary>The second alone.</summary>
    OnlySecond,
}
