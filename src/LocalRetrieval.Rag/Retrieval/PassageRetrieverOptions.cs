using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Options of a <see cref="PassageRetriever{TKey, TRecord}"/>.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
public sealed class PassageRetrieverOptions<TRecord>
    where TRecord : class
{
    private const double MaxWeight = 1_000_000;

    /// <summary>The defaults.</summary>
    public PassageRetrieverOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>; mapping and definition are shared.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public PassageRetrieverOptions(PassageRetrieverOptions<TRecord> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Top = other.Top;
        Candidates = other.Candidates;
        Reranked = other.Reranked;
        UseKeywords = other.UseKeywords;
        RequireFilter = other.RequireFilter;
        Order = other.Order;
        OrderStage = other.OrderStage;
        VectorWeight = other.VectorWeight;
        KeywordWeight = other.KeywordWeight;
        RerankerWeight = other.RerankerWeight;
        MinimumVectorScore = other.MinimumVectorScore;
        MinimumRerankerScore = other.MinimumRerankerScore;
        MinimumRelevance = other.MinimumRelevance;
        RelevanceModel = other.RelevanceModel;
        RerankingBudget = other.RerankingBudget;
        StopRerankingEarly = other.StopRerankingEarly;
        Mapping = other.Mapping;
        VectorProperty = other.VectorProperty;
        Definition = other.Definition;
        Pipeline = other.Pipeline;
        VectorStoreKey = other.VectorStoreKey;
        EmbeddingGeneratorKey = other.EmbeddingGeneratorKey;
        RerankerKey = other.RerankerKey;
        Generators = [.. other.Generators];
        Rerankers = [.. other.Rerankers];
        Selectors = [.. other.Selectors];
        Selection = new SelectionOptions(other.Selection);
        Weights = new Dictionary<string, double>(other.Weights);
    }

    /// <summary>How many passages a request returns, unless it says so itself.</summary>
    /// <value>At least 1. The default is 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Top { get; set => field = AtLeastOne(value, nameof(Top)); } = 5;

    /// <summary>How many candidates each generator gives; never fewer than are returned.</summary>
    /// <value>At least 1. The default is 50.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Candidates { get; set => field = AtLeastOne(value, nameof(Candidates)); } = 50;

    /// <summary>How many candidates are reranked, the first by reciprocal rank fusion of the generators; never fewer than are returned. The others count as the reranker's worst.</summary>
    /// <value>At least 1. The default is 30: on SciFact and Cranfield more gain nothing that could be told from chance (bench/results/stages.md). What a request says of its candidates holds for both.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Reranked { get; set => field = AtLeastOne(value, nameof(Reranked)); } = 30;

    /// <summary>Whether the words of the query find candidates, beside its vector.</summary>
    /// <value>
    /// Null, the default: where the collection is an <see cref="IKeywordSearchable{TRecord}"/> by its words, else where it has a hybrid search of its
    /// own by that, else not, which is logged. True requires one of both. False searches by vectors alone.
    /// </value>
    public bool? UseKeywords { get; set; }

    /// <summary>Whether a request without a filter is refused: for collections that hold what belongs to several tenants.</summary>
    /// <value>The default is false.</value>
    public bool RequireFilter { get; set; }

    /// <summary>How the final order comes about.</summary>
    /// <value>The default is <see cref="FinalOrder.StandardScores"/>, which on data that no model saw beats each stage alone.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public FinalOrder Order
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Order), value, "The order is not one of FinalOrder.");
    }

    /// <summary>The one stage that orders, whatever <see cref="Order"/> says. Where that is a generator, no other stage is asked, unless a request asks for the reranker to see its scores.</summary>
    /// <value>A stage's name, see <see cref="RetrievalStage"/>, or null. The default is null.</value>
    public string? OrderStage { get; set; }

    /// <summary>The weight of the vector search, or of the store's hybrid search in its place.</summary>
    /// <value>0 or more, or null for 1. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1,000,000.</exception>
    public double? VectorWeight { get; set => field = Weight(value, nameof(VectorWeight)); }

    /// <summary>The weight of the keyword search.</summary>
    /// <value>0 or more, or null for 0.4, or 0.5 where nothing is reranked. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1,000,000.</exception>
    public double? KeywordWeight { get; set => field = Weight(value, nameof(KeywordWeight)); }

    /// <summary>The weight of the reranker.</summary>
    /// <value>0 or more, or null for 0.7, or 1 where there are no keywords. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1,000,000.</exception>
    public double? RerankerWeight { get; set => field = Weight(value, nameof(RerankerWeight)); }

    /// <summary>The weights of other stages by their names.</summary>
    /// <value>A stage that is not named weighs 1.</value>
    public IDictionary<string, double> Weights { get; } = new Dictionary<string, double>();

    /// <summary>Generators of candidates beside vectors and words.</summary>
    public IList<ICandidateGenerator<TRecord>> Generators { get; } = [];

    /// <summary>Rerankers that run before the <see cref="ITextReranker"/>, in this order: each orders the candidates for the next, which may read fewer.</summary>
    public IList<ICandidateReranker<TRecord>> Rerankers { get; } = [];

    /// <summary>What is returned of the candidates, unless a request says so itself.</summary>
    /// <value>Not null. The default leaves duplicates out.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public SelectionOptions Selection
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Selection));
            field = value;
        }
    } = new();

    /// <summary>What chooses further among the candidates that <see cref="Selection"/> leaves, in this order.</summary>
    public IList<ICandidateSelector<TRecord>> Selectors { get; } = [];

    /// <summary>The least score of the vector search with which a passage is returned, unless a request says so itself; a distance counts negative. A passage whose score is not known is not returned.</summary>
    /// <value>Null for no limit. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double? MinimumVectorScore { get; set => field = Threshold(value, nameof(MinimumVectorScore)); }

    /// <summary>
    /// The least <see cref="RerankedDocument.Score"/>, after the model's activation, with which a passage is returned, unless a request says so itself or is not reranked. A passage
    /// that the reranker did not read is not returned.
    /// </summary>
    /// <value>
    /// Null for no limit. The default is null. After the activation of the embedded cross-encoder scores are from 0 to 1; the stage's score in <see cref="RetrievedPassage.Stages"/> is the one
    /// before it, the logit.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double? MinimumRerankerScore { get; set => field = Threshold(value, nameof(MinimumRerankerScore)); }

    /// <summary>The least probability that a passage answers (<see cref="RetrievedPassage.Relevance"/>) with which it is returned, unless a request says so itself; one whose probability is not known is not returned.</summary>
    /// <value>0 to 1, or null for no limit. The default is null. It needs a relevance model of the encoders and stages: a request without one is refused.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double? MinimumRelevance
    {
        get;
        set => field = value is null or (>= 0 and <= 1) ? value : throw new ArgumentOutOfRangeException(nameof(MinimumRelevance), value, "A probability is from 0 to 1.");
    }

    /// <summary>Turns the stages' scores into the probability that a passage answers.</summary>
    /// <value>Null takes the one that comes with the embedded models, where these and no other stages are used. <see cref="RelevanceFittingExtensions.FitRelevanceAsync"/> fits another. The default is null.</value>
    public RelevanceModel? RelevanceModel { get; set; }

    /// <summary>How long the reranker may take; candidates that it did not reach count as its worst.</summary>
    /// <value>More than zero, or null for no limit. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan? RerankingBudget
    {
        get;
        set
        {
            if (value is { } budget)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(budget, TimeSpan.Zero, nameof(RerankingBudget));
            }

            field = value;
        }
    }

    /// <summary>
    /// Whether the last reranker reads candidates in small batches and stops once none of the rest could come among those that are returned, even with the
    /// best score seen so far. Those that it did not read count as its worst. Where selection takes others than the first, leaving out duplicates or what is too much of
    /// one source, the reranker reads the rest after all.
    /// </summary>
    /// <value>The default is false. It needs <see cref="FinalOrder.StandardScores"/>, and saves where few passages are returned; bench/results/stages.md has what it saves and loses.</value>
    public bool StopRerankingEarly { get; set; }

    /// <summary>Where the parts of a passage are in a record.</summary>
    /// <value>Null is right for <see cref="Passage"/> alone. The default is null.</value>
    public PassageMapping<TRecord>? Mapping { get; set; }

    /// <summary>The vector that is searched.</summary>
    /// <value>Null where the records have one vector; for <see cref="Passage"/> it takes <see cref="Passage.Vector"/>. The default is null.</value>
    public Expression<Func<TRecord, object?>>? VectorProperty { get; set; }

    /// <summary>The definition of the collection: a registration gets the collection by it, and its distance function says how scores are read.</summary>
    /// <value>
    /// Null takes the record's attributes; for <see cref="Passage"/>, its own definition, in a registration with room for the vectors of tokens
    /// (<see cref="PassageDefinitionOptions.TokenDimensions"/>) where the registered <see cref="PassageIndexer"/> has a <see cref="PassageIndexerOptions.TokenGenerator"/>. The default is null.
    /// </value>
    public VectorStoreCollectionDefinition? Definition { get; set; }

    /// <summary>Puts stages such as rewriting, caching or logging around the retriever that is registered with these options.</summary>
    /// <remarks>A retriever that is made by its constructor has none: <see cref="PassageRetrieverExtensions.AsBuilder{TRecord}"/> builds them around it.</remarks>
    /// <value>Adds stages to the builder it is given, or null. The default is null.</value>
    public Action<PassageRetrieverBuilder<TRecord>>? Pipeline { get; set; }

    /// <summary>The key of the vector store among the registered services.</summary>
    /// <value>Null takes the registration's own key, if there is such a service, or else the one without a key. The default is null.</value>
    public string? VectorStoreKey { get; set; }

    /// <summary>The key of the embedding generator among the registered services.</summary>
    /// <value>Null takes the registration's own key, if there is such a service, or else the one without a key. The default is null.</value>
    public string? EmbeddingGeneratorKey { get; set; }

    /// <summary>The key of the reranker among the registered services.</summary>
    /// <value>Null takes the registration's own key, if there is such a service, or else the one without a key, if there is one. The default is null.</value>
    public string? RerankerKey { get; set; }

    /// <summary>What is wrong, which no single setter can see; null where all is well.</summary>
    internal string? FindFault()
    {
        if (Order == FinalOrder.StandardScores && OrderStage is null && VectorWeight == 0 && RerankerWeight == 0 && (KeywordWeight == 0 || UseKeywords == false) && Generators.Count + Rerankers.Count == 0)
        {
            return $"By {nameof(VectorWeight)}, {nameof(KeywordWeight)} and {nameof(RerankerWeight)} no stage weighs anything, which leaves no order. Give one of them a weight.";
        }

        if (Weights.FirstOrDefault(weight => weight.Value is not (>= 0 and <= MaxWeight)) is { Key: not null } wrong)
        {
            return $"The weight of '{wrong.Key}' is {wrong.Value}; a weight is from 0 to 1,000,000.";
        }

        if (StopRerankingEarly && (Order != FinalOrder.StandardScores || OrderStage is not null))
        {
            return $"{nameof(StopRerankingEarly)} weighs what a candidate could still gain, which needs {nameof(Order)} = {nameof(FinalOrder)}.{nameof(FinalOrder.StandardScores)}, and no {nameof(OrderStage)}. Change these, or leave it false.";
        }

        // Generators of one name are one stage over several collections.
        string? twice = Generators.GroupBy(generator => (generator.Name, generator.Collection)).FirstOrDefault(same => same.Count() > 1)?.Key.Name
            ?? Generators.Select(generator => generator.Name).Distinct().Concat(Rerankers.Select(reranker => reranker.Name))
                .Concat([RetrievalStage.Vector, RetrievalStage.Keyword, RetrievalStage.Hybrid, RetrievalStage.Reranker])
                .GroupBy(name => name).FirstOrDefault(names => names.Count() > 1)?.Key;
        return twice is null ? null : $"Two stages are named '{twice}'. Give each stage a name of its own.";
    }

    /// <summary>What a stage weighs.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="hasKeywords">Whether the keyword search is asked as well.</param>
    /// <param name="isReranked">Whether the reranker is asked as well.</param>
    internal double WeightOf(string stage, bool hasKeywords, bool isReranked) => stage switch
    {
        _ when Weights.TryGetValue(stage, out double weight) => weight,
        RetrievalStage.Vector or RetrievalStage.Hybrid => VectorWeight ?? 1,
        RetrievalStage.Keyword => KeywordWeight ?? (isReranked ? 0.4 : 0.5),
        RetrievalStage.Reranker => RerankerWeight ?? (hasKeywords ? 0.7 : 1),
        _ => 1,
    };

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }

    private static double? Threshold(double? value, string name) =>
        value is double.NaN ? throw new ArgumentOutOfRangeException(name, value, "A threshold is a number; null is for no limit.") : value;

    private static double? Weight(double? value, string name) =>
        value is null or (>= 0 and <= MaxWeight) ? value : throw new ArgumentOutOfRangeException(name, value, "A weight is from 0 to 1,000,000.");
}
