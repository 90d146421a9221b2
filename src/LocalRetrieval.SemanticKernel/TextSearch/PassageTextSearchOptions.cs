namespace LocalRetrieval.SemanticKernel;

/// <summary>Options of a <see cref="PassageTextSearch{TRecord}"/>.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
public sealed class PassageTextSearchOptions<TRecord>
    where TRecord : class
{
    /// <summary>The defaults.</summary>
    public PassageTextSearchOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public PassageTextSearchOptions(PassageTextSearchOptions<TRecord> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Retrieval = other.Retrieval?.Clone();
        Link = other.Link;
    }

    /// <summary>Options of each retrieval, such as a threshold. Its filter holds beside that of a search; how many passages to return is the search's.</summary>
    /// <value>Null for the retriever's defaults. The default is null.</value>
    public RetrievalOptions<TRecord>? Retrieval { get; set; }

    /// <summary>Gives the link of a result.</summary>
    /// <value>The default is the passage's source.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Func<RetrievedPassage<TRecord>, string?> Link
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Link));
            field = value;
        }
    } = passage => passage.Source;
}
