using System.Linq.Expressions;

namespace Microsoft.Extensions.VectorData;

/// <summary>Options of a vector search.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
public class VectorSearchOptions<TRecord>
{
    /// <summary>The records that may be found.</summary>
    /// <value>Null for all of them. The default is null.</value>
    public Expression<Func<TRecord, bool>>? Filter { get; set; }

    /// <summary>The vector property to search.</summary>
    /// <value>Null where the record has just one. The default is null.</value>
    public Expression<Func<TRecord, object?>>? VectorProperty { get; set; }

    /// <summary>How many of the best results to pass over.</summary>
    /// <value>At least 0. The default is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int Skip
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>Whether the records come with their vectors.</summary>
    /// <value>The default is false.</value>
    public bool IncludeVectors { get; set; }

    /// <summary>The worst score that a result may have: the least for a similarity, the greatest for a distance.</summary>
    /// <value>Null for no limit. The default is null.</value>
    public double? ScoreThreshold { get; set; }
}
