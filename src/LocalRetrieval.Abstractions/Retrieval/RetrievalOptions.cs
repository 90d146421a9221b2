using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

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
        MinimumRelevance = other?.MinimumRelevance;
        Selection = other?.Selection is { } selection ? new SelectionOptions(selection) : null;
        Conversation = other?.Conversation;
        Queries = other?.Queries;
        HypotheticalDocuments = other?.HypotheticalDocuments;
        CacheScope = other?.CacheScope;
        Explain = other?.Explain;
    }

    /// <summary>How many passages to return.</summary>
    /// <value>At least 1, or null for the retriever's default (5).</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Top { get; set => field = AtLeastOne(value, nameof(Top)); }

    /// <summary>How many candidates each generator retrieves, and how many of them all are reranked.</summary>
    /// <value>At least 1, or null for the retriever's defaults (50, and 30 of them).</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Candidates { get; set => field = AtLeastOne(value, nameof(Candidates)); }

    /// <summary>Whether the candidates are reranked.</summary>
    /// <value>Null for the retriever's default: reranked where it has a reranker.</value>
    public bool? Rerank { get; set; }

    /// <summary>The least score of the vector search with which a passage is returned; a distance counts negative.</summary>
    /// <value>Null for the retriever's default: no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double? MinimumVectorScore { get; set => field = Threshold(value, nameof(MinimumVectorScore)); }

    /// <summary>The least score of the reranker, after the model's activation, with which a passage is returned. One that the reranker did not read is not returned.</summary>
    /// <value>
    /// Null for the retriever's default: no limit. After the activation of the embedded cross-encoder scores are from 0 to 1; the stage's score in <see cref="RetrievedPassage.Stages"/> is the
    /// one before it, the logit. A request that is not reranked and has a limit is an <see cref="InvalidOperationException"/>.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public double? MinimumRerankerScore { get; set => field = Threshold(value, nameof(MinimumRerankerScore)); }

    /// <summary>What is returned of the candidates, in place of all that the retriever's own selection says.</summary>
    /// <value>Null for the retriever's default: duplicates are left out.</value>
    public SelectionOptions? Selection { get; set; }

    /// <summary>The least probability that a passage answers (<see cref="RetrievedPassage.Relevance"/>) with which it is returned; one whose probability is not known is not returned.</summary>
    /// <value>0 to 1; 0 is no limit. Null for the retriever's default: no limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double? MinimumRelevance
    {
        get;
        set => field = value is null or (>= 0 and <= 1) ? value : throw new ArgumentOutOfRangeException(nameof(MinimumRelevance), value, "A probability is from 0 to 1.");
    }

    /// <summary>The messages before the query, oldest first: what middleware that rewrites queries reads. A retriever alone pays no heed to them.</summary>
    /// <value>Null where there are none. The default is null. The list is copied. JSON leaves it out.</value>
    /// <exception cref="ArgumentException">A message is null.</exception>
    [JsonIgnore]
    public IReadOnlyList<ChatMessage>? Conversation
    {
        get;
        set => field = value?.Contains(null!) == true ? throw new ArgumentException("A message is null.", nameof(Conversation)) : Copy(value);
    }

    /// <summary>Further queries, such as other wordings of the query: each generator searches for each of them too. Scores are of the query alone.</summary>
    /// <value>Null where there are none. The default is null. The list is copied.</value>
    /// <exception cref="ArgumentException">A query is null, empty or white space.</exception>
    public IReadOnlyList<string>? Queries { get; set => field = Texts(value, nameof(Queries)); }

    /// <summary>
    /// Texts that would answer the query, were they there (HyDE). They are embedded as documents, and the vector search looks for the mean of their vectors and the
    /// query's; words and rerankers go by the query alone.
    /// </summary>
    /// <value>Null where there are none. The default is null. The list is copied.</value>
    /// <remarks>Gao, Ma, Lin and Callan, "Precise Zero-Shot Dense Retrieval without Relevance Labels", 2022.</remarks>
    /// <exception cref="ArgumentException">A text is null, empty or white space.</exception>
    public IReadOnlyList<string>? HypotheticalDocuments { get; set => field = Texts(value, nameof(HypotheticalDocuments)); }

    /// <summary>
    /// Whose results these are, for middleware that caches: results are shared within a scope alone, and those of a request with a filter are kept only
    /// where it has one.
    /// </summary>
    /// <value>What tells callers who may see different records apart, such as a tenant's id; null for none. The default is null.</value>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string? CacheScope
    {
        get;
        set => field = value is null || !string.IsNullOrWhiteSpace(value) ? value : throw new ArgumentException("A scope is not blank; null is for none.", nameof(CacheScope));
    }

    /// <summary>
    /// Asks why, for <see cref="RetrievalResult.Explanations"/>: of the passages that are returned, and of those with these keys, returned or not. It costs a
    /// look into each of these passages; <see cref="PassageRetrieverExtensions.ExplainAsync"/> is the short form.
    /// </summary>
    /// <value>Keys of passages, or an empty list for none but those returned; null explains nothing. The default is null. The list is copied.</value>
    /// <exception cref="ArgumentException">A key is null.</exception>
    public IReadOnlyList<string>? Explain
    {
        get;
        set => field = value?.Contains(null!) == true ? throw new ArgumentException("A key is null.", nameof(Explain)) : value as ImmutableList<string> ?? value?.ToImmutableList();
    }

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

    /// <summary>The type whose values every retriever reads; a type derived from it says more.</summary>
    internal virtual Type KnownType => typeof(RetrievalOptions);

    /// <summary>A copy of <paramref name="options"/> that lets through only what the filter of these does too.</summary>
    /// <exception cref="ArgumentException">Either says more than the other can hold, so that a condition would be lost.</exception>
    internal virtual RetrievalOptions Narrow(RetrievalOptions options)
    {
        ThrowIfDerived();
        RetrievalOptions copy = options.Clone();
        copy.CacheScope = copy.CacheScope is null || copy.CacheScope == CacheScope ? CacheScope
            : CacheScope is null ? copy.CacheScope
            : $"{copy.CacheScope}\n{CacheScope}";
        return copy;
    }

    private void ThrowIfDerived()
    {
        if (GetType() != KnownType)
        {
            throw UnknownType(KnownType);
        }
    }

    private protected ArgumentException UnknownType(Type known) => new(
        $"The options are {NameOf(GetType())}, and what they say beyond {nameof(RetrievalOptions)}, such as a filter, would be lost. "
            + $"Pass {nameof(RetrievalOptions)} or {NameOf(known)}.");

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;

    private static double? Threshold(double? value, string name) =>
        value is double.NaN ? throw new ArgumentOutOfRangeException(name, value, "A threshold is a number; null is for no limit.") : value;

    private static ImmutableList<string>? Texts(IReadOnlyList<string>? value, string name) =>
        value?.Any(string.IsNullOrWhiteSpace) == true ? throw new ArgumentException("A text is null, empty or white space.", name) : Copy(value);

    private static ImmutableList<T>? Copy<T>(IReadOnlyList<T>? value) => value is null or [] ? null : value as ImmutableList<T> ?? [.. value];

    private static int? AtLeastOne(int? value, string name)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, name);
        }

        return value;
    }
}
