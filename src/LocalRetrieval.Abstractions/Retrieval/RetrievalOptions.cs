namespace LocalRetrieval;

/// <summary>Options of one <see cref="IPassageRetriever.RetrieveAsync"/>; what is null is the retriever's default.</summary>
public class RetrievalOptions
{
    /// <summary>How many passages to return.</summary>
    /// <value>At least 1, or null for the retriever's default (5).</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Top { get; set => field = AtLeastOne(value, nameof(Top)); }

    /// <summary>How many candidates the first stage retrieves and the reranker reads.</summary>
    /// <value>At least 1, or null for the retriever's default (100).</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Candidates { get; set => field = AtLeastOne(value, nameof(Candidates)); }

    /// <summary>Whether the candidates are reranked.</summary>
    /// <value>Null for the retriever's default: reranked where it has a reranker.</value>
    public bool? Rerank { get; set; }

    private static int? AtLeastOne(int? value, string name)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, name);
        }

        return value;
    }
}
