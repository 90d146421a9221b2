using System.Linq.Expressions;

namespace LocalRetrieval;

/// <summary>Options of one keyword search over records of type <typeparamref name="TRecord"/>.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
public class KeywordSearchOptions<TRecord>
    where TRecord : class
{
    /// <summary>Options that search all records by the only full-text property.</summary>
    public KeywordSearchOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>; null gives the defaults.</summary>
    /// <param name="other">The options to copy.</param>
    protected KeywordSearchOptions(KeywordSearchOptions<TRecord>? other)
    {
        Filter = other?.Filter;
        Property = other?.Property;
        Skip = other?.Skip ?? 0;
        ScoreThreshold = other?.ScoreThreshold;
        IncludeMatches = other?.IncludeMatches ?? false;
    }

    /// <summary>The records that may be found.</summary>
    /// <value>A condition that the vector store understands, or null for all records. The default is null.</value>
    public Expression<Func<TRecord, bool>>? Filter { get; set; }

    /// <summary>The text property to search.</summary>
    /// <value>Null where the record has just one with a full-text index. The default is null.</value>
    public Expression<Func<TRecord, object?>>? Property { get; set; }

    /// <summary>How many of the best results to pass over.</summary>
    /// <value>At least 0. The default is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int Skip
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Skip));
            field = value;
        }
    }

    /// <summary>The least score that a result may have.</summary>
    /// <value>Null for no limit. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double? ScoreThreshold
    {
        get;
        set => field = value is double.NaN
            ? throw new ArgumentOutOfRangeException(nameof(ScoreThreshold), value, "A threshold is a number; null is for no limit.")
            : value;
    }

    /// <summary>Whether each result says which words it was found by; see <see cref="KeywordSearchResult{TRecord}.Matches"/>.</summary>
    /// <value>The default is false. It costs an analysis of each result's text.</value>
    public bool IncludeMatches { get; set; }

    /// <summary>A copy of the same type.</summary>
    public virtual KeywordSearchOptions<TRecord> Clone() => new(this);
}
