namespace LocalRetrieval.Rag;

/// <summary>Options of <see cref="QueryStageBuilderExtensions.UseMultiQuery(PassageRetrieverBuilder, int, Microsoft.Extensions.AI.IChatClient?, Action{MultiQueryOptions}?)"/>.</summary>
public sealed class MultiQueryOptions : QueryStageOptions
{
    /// <summary>The defaults.</summary>
    public MultiQueryOptions()
        : base(maxOutputTokens: 512)
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public MultiQueryOptions(MultiQueryOptions other)
        : base(other)
    {
        Count = other.Count;
        MaxQueryLength = other.MaxQueryLength;
    }

    /// <summary>How many other wordings are asked for.</summary>
    /// <value>From 1 to 10. The default is 3.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 10.</exception>
    public int Count
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10, nameof(Count));
            field = AtLeastOne(value, nameof(Count));
        }
    } = 3;

    /// <summary>How long a query may be, in UTF-16 units. Longer ones are passed over.</summary>
    /// <value>At least 1. The default is 500.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxQueryLength { get; set => field = AtLeastOne(value, nameof(MaxQueryLength)); } = 500;
}
