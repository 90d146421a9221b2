namespace LocalRetrieval.Rag;

/// <summary>How passages become one text for a chat model.</summary>
public sealed class ContextOptions
{
    /// <summary>The defaults.</summary>
    public ContextOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public ContextOptions(ContextOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        MaxTokens = other.MaxTokens;
    }

    /// <summary>The most tokens of the whole text, the sources' numbers, names and boundaries included.</summary>
    /// <value>64 or more: the boundaries take up to 41. The default is 2048. The count is by the embedding model's tokens unless another counter is given, so leave some room.
    /// The text also has at most 16 characters for each of these tokens.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 64.</exception>
    public int MaxTokens
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 64, nameof(MaxTokens));
            field = value;
        }
    } = 2048;
}
