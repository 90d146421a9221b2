using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>What one retrieval asks its stages.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class CandidateRequest<TRecord>
    where TRecord : class
{
    private readonly Lazy<Task<ReadOnlyMemory<float>>> _vector;
    private readonly Lazy<Func<TRecord, bool>> _lets;

    /// <summary>A request.</summary>
    /// <param name="query">The query.</param>
    /// <param name="top">How many passages are wanted.</param>
    /// <param name="filter">The records that may be found; null for all.</param>
    /// <param name="embed">Gives the query's vector; it is called once, and only where a stage asks.</param>
    internal CandidateRequest(string query, int top, Expression<Func<TRecord, bool>>? filter, Func<Task<ReadOnlyMemory<float>>> embed)
    {
        Query = query;
        Top = top;
        Filter = filter;
        _lets = new Lazy<Func<TRecord, bool>>(() => filter is null ? static _ => true : RecordFilter.Compile(filter));
        _vector = new Lazy<Task<ReadOnlyMemory<float>>>(embed);
    }

    /// <summary>The query.</summary>
    public string Query { get; }

    /// <summary>How many passages are wanted.</summary>
    public int Top { get; }

    /// <summary>The records that may be found, null for all: a stage that finds or fetches records holds them to it.</summary>
    public Expression<Func<TRecord, bool>>? Filter { get; }

    /// <summary>Requests for further queries: what they find joins the candidates, and is scored by this one's query.</summary>
    internal IReadOnlyList<CandidateRequest<TRecord>> Further { get; init; } = [];

    /// <summary>Whether the filter lets a record through.</summary>
    internal bool LetsThrough(TRecord record) => _lets.Value(record);

    /// <summary>The query's vector by the retriever's embedding generator, which all stages of a request share; where there are hypothetical documents, the mean of it and theirs.</summary>
    public Task<ReadOnlyMemory<float>> GetVectorAsync() => _vector.Value;
}
