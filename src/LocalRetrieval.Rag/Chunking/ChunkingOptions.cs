namespace LocalRetrieval.Rag;

/// <summary>How documents are cut into chunks.</summary>
public sealed class ChunkingOptions
{
    /// <summary>The defaults.</summary>
    public ChunkingOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public ChunkingOptions(ChunkingOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        MaxTokens = other.MaxTokens;
        OverlapTokens = other.OverlapTokens;
        MinTokens = other.MinTokens;
    }

    /// <summary>The most tokens that a chunk may have, its heading path and the newline after it included; a model that reads less lowers it.</summary>
    /// <remarks>A chunk also has at most 16 characters for each of these tokens.</remarks>
    /// <value>16 or more. The default is 200: about the paragraph or two that short-text encoders were trained on. The embedded models read it whole, the cross-encoder together with the query.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 16.</exception>
    public int MaxTokens { get; set => field = AtLeast(value, 16, nameof(MaxTokens)); } = 200;

    /// <summary>How many tokens a chunk may repeat from the end of the chunk before it, in whole sentences, or whole lines of code and rows of tables.</summary>
    /// <value>
    /// 0 or more; above half of <see cref="MaxTokens"/> it counts as half. The default is 0: cuts are at the ends of sentences and the heading
    /// path gives the context, so that repeating text would only make the index larger and the hits alike.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int OverlapTokens { get; set => field = AtLeast(value, 0, nameof(OverlapTokens)); }

    /// <summary>The fewest tokens that a chunk should have: one that is shorter takes of what follows or of the chunk before, within its section and the limit. Parts of tables are not held to it.</summary>
    /// <value>0 or more; above half of <see cref="MaxTokens"/> it counts as half. The default is 40.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MinTokens { get; set => field = AtLeast(value, 0, nameof(MinTokens)); } = 40;

    private static int AtLeast(int value, int least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }
}
