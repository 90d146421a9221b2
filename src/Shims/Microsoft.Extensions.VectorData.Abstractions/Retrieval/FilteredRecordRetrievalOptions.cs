namespace Microsoft.Extensions.VectorData;

/// <summary>Options of reading records by a condition.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
public sealed partial class FilteredRecordRetrievalOptions<TRecord>
{
    /// <summary>How many of the matching records to pass over.</summary>
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

    /// <summary>Adds what the records are sorted by: the first call decides, the next ones break its ties.</summary>
    /// <value>Null for the store's own order. The default is null.</value>
    public Func<OrderByDefinition, OrderByDefinition>? OrderBy { get; set; }

    /// <summary>Whether the records come with their vectors.</summary>
    /// <value>The default is false.</value>
    public bool IncludeVectors { get; set; }
}
