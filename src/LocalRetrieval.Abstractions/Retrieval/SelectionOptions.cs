namespace LocalRetrieval;

/// <summary>What is returned of the candidates that are good enough: which of them, and how they are put together.</summary>
public sealed class SelectionOptions
{
    /// <summary>The defaults.</summary>
    public SelectionOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public SelectionOptions(SelectionOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        DropDuplicates = other.DropDuplicates;
        DuplicateSimilarity = other.DuplicateSimilarity;
        MmrLambda = other.MmrLambda;
        MaxPerSource = other.MaxPerSource;
    }

    /// <summary>
    /// Whether a passage is left out that says the same as a better one: its content hash is the same, or heading path and text are but for white space and case, or
    /// it is as near as <see cref="DuplicateSimilarity"/>. The one that stays names it in <see cref="RetrievedPassage.AlsoIn"/>.
    /// </summary>
    /// <value>The default is true.</value>
    public bool DropDuplicates { get; set; } = true;

    /// <summary>
    /// The cosine of two passages' vectors from which on they are near-duplicates, unless their numbers differ: versions, dates and rows of a table are near each
    /// other, and not the same. Where the store gives no vectors back, only equal texts are duplicates.
    /// </summary>
    /// <value>Above 0, at most 1; null compares no vectors. The default is 0.98.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not within (0, 1].</exception>
    public double? DuplicateSimilarity
    {
        get;
        set => field = value is null or (> 0 and <= 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DuplicateSimilarity), value, "A similarity is above 0 and at most 1; null is for not comparing vectors.");
    } = 0.98;

    /// <summary>
    /// Orders by maximal marginal relevance: the next passage is the one with the greatest λ · relevance − (1 − λ) · similarity, where relevance is the final
    /// score, moved and stretched to reach from 0 to 1, and similarity the greatest cosine to a passage that was chosen before. 1 is relevance alone, 0 difference alone.
    /// </summary>
    /// <remarks>
    /// Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing Summaries", SIGIR 1998. Where the store gives a candidate
    /// no vector back, the order stays as it is.
    /// </remarks>
    /// <value>From 0 to 1, or null for the order of the scores. The default is null; 0.5 to 0.8 is usual.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not within [0, 1].</exception>
    public double? MmrLambda
    {
        get;
        set => field = value is null or (>= 0 and <= 1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MmrLambda), value, "A share is from 0 to 1; null is for the order of the scores.");
    }

    /// <summary>How many passages of one source are returned; those without a source are not counted.</summary>
    /// <value>At least 1, or null for any number. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxPerSource { get; set => field = AtLeastOne(value, nameof(MaxPerSource)); }

    private static int? AtLeastOne(int? value, string name)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, name);
        }

        return value;
    }
}
