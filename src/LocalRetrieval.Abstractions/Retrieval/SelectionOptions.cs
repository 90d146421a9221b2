using System.Text.Json.Serialization;

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
        JoinAdjacent = other.JoinAdjacent;
        NeighborsBefore = other.NeighborsBefore;
        NeighborsAfter = other.NeighborsAfter;
        ReturnSections = other.ReturnSections;
        MaxSectionPassages = other.MaxSectionPassages;
        TokenBudget = other.TokenBudget;
        TokenCounter = other.TokenCounter;
        Placement = other.Placement;
    }

    /// <summary>
    /// Whether a passage is left out that says the same as a better one: its content hash is the same, or heading path and text are but for white space and case, or
    /// it is as near as <see cref="DuplicateSimilarity"/>. The one that stays names it in <see cref="RetrievedPassage.AlsoIn"/>.
    /// </summary>
    /// <value>The default is true.</value>
    public bool DropDuplicates { get; set; } = true;

    /// <summary>
    /// The cosine of two passages' vectors from which on they are near-duplicates, unless their words tell them apart: another number, sign, unit or negation, or one to three other
    /// words where eight or more are common. Where the store gives no vectors back, only equal texts are duplicates.
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

    /// <summary>Whether chosen passages that follow each other in their source are returned as one, which has the key and the scores of the best of them. Neighbors and sections are joined in any case.</summary>
    /// <value>The default is false.</value>
    public bool JoinAdjacent { get; set; }

    /// <summary>How many passages before a chosen one are joined with it.</summary>
    /// <remarks>They are fetched by their keys under the request's filter: where it hides one, or there is none, the joining ends.</remarks>
    /// <value>0 or more. The default is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int NeighborsBefore { get; set => field = AtLeast(value, 0, nameof(NeighborsBefore)); }

    /// <summary>How many passages behind a chosen one are joined with it.</summary>
    /// <remarks>They are fetched by their keys under the request's filter: where it hides one, or there is none, the joining ends.</remarks>
    /// <value>0 or more. The default is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int NeighborsAfter { get; set => field = AtLeast(value, 0, nameof(NeighborsAfter)); }

    /// <summary>Whether the section is returned in which a passage was found (small to big): what stands under one heading, fetched by keys under the request's filter.</summary>
    /// <value>The default is false.</value>
    public bool ReturnSections { get; set; }

    /// <summary>How many passages of a section are returned at most: of a longer one, such as a document without headings, those around the found one.</summary>
    /// <value>At least 1. The default is 16.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxSectionPassages { get; set => field = AtLeast(value, 1, nameof(MaxSectionPassages)); } = 16;

    /// <summary>The most tokens of all returned passages together, heading paths included.</summary>
    /// <remarks>
    /// What is joined to a passage is cut down to what fits; a passage that does not fit is left out, and the next is tried. The first is returned whole in any case.
    /// </remarks>
    /// <value>At least 1, or null for no limit. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? TokenBudget { get; set => field = AtLeastOne(value, nameof(TokenBudget)); }

    /// <summary>Counts the tokens of <see cref="TokenBudget"/>. JSON leaves it out.</summary>
    /// <value>Null takes the embedding generator's. The default is null.</value>
    [JsonIgnore]
    public ITokenCounter? TokenCounter { get; set; }

    /// <summary>In which order the chosen passages are returned; <see cref="RetrievedPassage.Rank"/> stays the same.</summary>
    /// <value>The default is <see cref="PassagePlacement.BestFirst"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public PassagePlacement Placement
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Placement), value, "The placement is not one of PassagePlacement.");
    }

    private static int? AtLeastOne(int? value, string name) => value is { } number ? AtLeast(number, 1, name) : null;

    private static int AtLeast(int value, int least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }
}
