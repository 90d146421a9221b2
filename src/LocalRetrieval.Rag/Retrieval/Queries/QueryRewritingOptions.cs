namespace LocalRetrieval.Rag;

/// <summary>Options of <see cref="QueryStageBuilderExtensions.UseQueryRewriting(PassageRetrieverBuilder, Microsoft.Extensions.AI.IChatClient?, Action{QueryRewritingOptions}?)"/>.</summary>
public sealed class QueryRewritingOptions : QueryStageOptions
{
    /// <summary>The defaults.</summary>
    public QueryRewritingOptions()
        : base(maxOutputTokens: 256)
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public QueryRewritingOptions(QueryRewritingOptions other)
        : base(other)
    {
        MaxMessages = other.MaxMessages;
        MaxMessageLength = other.MaxMessageLength;
        MaxQueryLength = other.MaxQueryLength;
    }

    /// <summary>How many of the last messages before the query the chat client is shown.</summary>
    /// <value>At least 1. The default is 6.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxMessages { get; set => field = AtLeastOne(value, nameof(MaxMessages)); } = 6;

    /// <summary>How much of each message the chat client is shown, in UTF-16 units.</summary>
    /// <value>At least 1. The default is 1000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxMessageLength { get; set => field = AtLeastOne(value, nameof(MaxMessageLength)); } = 1000;

    /// <summary>How long a rewritten query may be, in UTF-16 units. A longer answer is no query, and counts as a failure.</summary>
    /// <value>At least 1. The default is 500.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxQueryLength { get; set => field = AtLeastOne(value, nameof(MaxQueryLength)); } = 500;
}
