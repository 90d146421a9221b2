using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Options of a <see cref="PassageRetriever{TKey, TRecord}"/>.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
public sealed class PassageRetrieverOptions<TRecord>
    where TRecord : class
{
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
        Order = other.Order;
        VectorWeight = other.VectorWeight;
        RerankerWeight = other.RerankerWeight;
        MinimumVectorScore = other.MinimumVectorScore;
        MinimumRerankerScore = other.MinimumRerankerScore;
        RerankingBudget = other.RerankingBudget;
        Mapping = other.Mapping;
        VectorProperty = other.VectorProperty;
        Definition = other.Definition;
        Pipeline = other.Pipeline;
        VectorStoreKey = other.VectorStoreKey;
        EmbeddingGeneratorKey = other.EmbeddingGeneratorKey;
        RerankerKey = other.RerankerKey;
    }

    /// <summary>How many passages a request returns, unless it says so itself.</summary>
    /// <value>At least 1. The default is 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Top { get; set => field = AtLeastOne(value, nameof(Top)); } = 5;

    /// <summary>How many candidates the vector search gives to the reranker; never fewer than are returned.</summary>
    /// <value>At least 1. The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Candidates { get; set => field = AtLeastOne(value, nameof(Candidates)); } = 100;

    /// <summary>How the final order comes about.</summary>
    /// <value>The default is <see cref="FinalOrder.StandardScores"/>, which on data that neither model saw beats either alone.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public FinalOrder Order
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Order), value, "The order is not one of FinalOrder.");
    }

    /// <summary>The weight of the vector search among the standard scores.</summary>
    /// <value>0 or more. The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double VectorWeight { get; set => field = Weight(value, nameof(VectorWeight)); } = 1;

    /// <summary>The weight of the reranker among the standard scores.</summary>
    /// <value>0 or more. The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double RerankerWeight { get; set => field = Weight(value, nameof(RerankerWeight)); } = 1;

    /// <summary>The least score of the vector search with which a passage is returned; a distance counts negative.</summary>
    /// <value>Null for no limit. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double? MinimumVectorScore { get; set => field = Threshold(value, nameof(MinimumVectorScore)); }

    /// <summary>The least <see cref="RerankedDocument.Score"/>, after the model's activation, with which a reranked passage is returned.</summary>
    /// <value>Null for no limit. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double? MinimumRerankerScore { get; set => field = Threshold(value, nameof(MinimumRerankerScore)); }

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

    /// <summary>Where the parts of a passage are in a record.</summary>
    /// <value>Null is right for <see cref="Passage"/> alone. The default is null.</value>
    public PassageMapping<TRecord>? Mapping { get; set; }

    /// <summary>The vector that is searched.</summary>
    /// <value>Null where the records have one vector. The default is null.</value>
    public Expression<Func<TRecord, object?>>? VectorProperty { get; set; }

    /// <summary>The definition of the collection: a registration gets the collection by it, and its distance function says how scores are read.</summary>
    /// <value>Null takes the record's attributes; for <see cref="Passage"/>, its own definition. The default is null.</value>
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

    /// <summary>What is wrong with the weights, which no single setter can see; null where all is well.</summary>
    internal string? FindWeightFault() => Order == FinalOrder.StandardScores && VectorWeight + RerankerWeight == 0
        ? $"{nameof(VectorWeight)} and {nameof(RerankerWeight)} are both 0, which leaves no order. Give one of them a weight."
        : null;

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }

    private static double? Threshold(double? value, string name) =>
        value is double.NaN ? throw new ArgumentOutOfRangeException(name, value, "A threshold is a number; null is for no limit.") : value;

    private static double Weight(double value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "A weight is finite.");
    }
}
