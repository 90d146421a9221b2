using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Options of one <see cref="ITextReranker.RerankAsync"/>.</summary>
public class RerankingOptions
{
    /// <summary>Options that leave all to the reranker.</summary>
    public RerankingOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>, with its own <see cref="AdditionalProperties"/>; null gives the defaults.</summary>
    /// <param name="other">The options to copy.</param>
    protected RerankingOptions(RerankingOptions? other)
    {
        TopN = other?.TopN;
        Budget = other?.Budget;
        AdditionalProperties = other?.AdditionalProperties?.Clone();
    }

    /// <summary>How many documents to return.</summary>
    /// <value>At least 1, or null for all of them. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? TopN
    {
        get;
        set
        {
            if (value is { } topN)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(topN, 1, nameof(TopN));
            }

            field = value;
        }
    }

    /// <summary>
    /// How long scoring may take. When it is over, the documents scored so far come first, by score, and the others follow in the
    /// input's order, each with a score of <see cref="float.NegativeInfinity"/>; at least one batch is always scored.
    /// </summary>
    /// <value>More than zero, or null for no limit. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan? Budget
    {
        get;
        set
        {
            if (value is { } budget)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(budget, TimeSpan.Zero, nameof(Budget));
            }

            field = value;
        }
    }

    /// <summary>Further values for the reranker's own use.</summary>
    public AdditionalPropertiesDictionary? AdditionalProperties { get; set; }

    /// <summary>A copy of the same type; what <see cref="AdditionalProperties"/> refers to is shared.</summary>
    public virtual RerankingOptions Clone() => new(this);
}
