namespace LocalRetrieval;

/// <summary>Options of one <see cref="IPassageRetriever.RetrieveAsync"/>; what is null is the retriever's default.</summary>
public class RetrievalOptions
{
    /// <summary>Options that leave all to the retriever.</summary>
    public RetrievalOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>; null gives the defaults.</summary>
    /// <param name="other">The options to copy.</param>
    protected RetrievalOptions(RetrievalOptions? other)
    {
        Top = other?.Top;
        Candidates = other?.Candidates;
        Rerank = other?.Rerank;
        MinimumVectorScore = other?.MinimumVectorScore;
        MinimumRerankerScore = other?.MinimumRerankerScore;
        Selection = other?.Selection is { } selection ? new SelectionOptions(selection) : null;
    }

    /// <summary>How many passages to return.</summary>
    /// <value>At least 1, or null for the retriever's default (5).</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Top { get; set => field = AtLeastOne(value, nameof(Top)); }

    /// <summary>How many candidates each generator retrieves, and how many of them all are reranked.</summary>
    /// <value>At least 1, or null for the retriever's defaults (50 of both).</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Candidates { get; set => field = AtLeastOne(value, nameof(Candidates)); }

    /// <summary>Whether the candidates are reranked.</summary>
    /// <value>Null for the retriever's default: reranked where it has a reranker.</value>
    public bool? Rerank { get; set; }

    /// <summary>The least score of the vector search with which a passage is returned; a distance counts negative.</summary>
    /// <value>Null for the retriever's default: no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double? MinimumVectorScore { get; set => field = Threshold(value, nameof(MinimumVectorScore)); }

    /// <summary>The least score of the reranker, after the model's activation, with which a reranked passage is returned.</summary>
    /// <value>Null for the retriever's default: no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double? MinimumRerankerScore { get; set => field = Threshold(value, nameof(MinimumRerankerScore)); }

    /// <summary>What is returned of the candidates, in place of all that the retriever's own selection says.</summary>
    /// <value>Null for the retriever's default: duplicates are left out.</value>
    public SelectionOptions? Selection { get; set; }

    /// <summary>A copy of the same type.</summary>
    public virtual RetrievalOptions Clone() => new(this);

    /// <summary>These options for a retriever over <typeparamref name="TRecord"/>: for implementations of <see cref="IPassageRetriever{TRecord}"/> that get them through <see cref="IPassageRetriever"/>.</summary>
    /// <typeparam name="TRecord">The type of the records.</typeparam>
    /// <returns>Themselves where they are of these records; a copy where they are of none.</returns>
    /// <exception cref="ArgumentException">They are of another type, whose filter or other condition would be lost.</exception>
    public RetrievalOptions<TRecord> For<TRecord>()
        where TRecord : class => this switch
        {
            RetrievalOptions<TRecord> typed => typed,
            _ when GetType() == typeof(RetrievalOptions) => new RetrievalOptions<TRecord>(this),
            _ => throw UnknownType(typeof(RetrievalOptions<TRecord>)),
        };

    private protected ArgumentException UnknownType(Type known) => new(
        $"The options are {NameOf(GetType())}, and what they say beyond {nameof(RetrievalOptions)}, such as a filter, would be lost. "
            + $"Pass {nameof(RetrievalOptions)} or {NameOf(known)}.");

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;

    private static double? Threshold(double? value, string name) =>
        value is double.NaN ? throw new ArgumentOutOfRangeException(name, value, "A threshold is a number; null is for no limit.") : value;

    private static int? AtLeastOne(int? value, string name)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, name);
        }

        return value;
    }
}
