using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Embeds the queries of requests by one generator, once each, however many stages over however many collections ask.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class QueryTokens<TRecord>
    where TRecord : class
{
    private static readonly ConditionalWeakTable<IEmbeddingGenerator<string, MultiVectorEmbedding>, QueryTokens<TRecord>> OfGenerators = [];

    private readonly IEmbeddingGenerator<string, MultiVectorEmbedding> _generator;

    // They go when the request does.
    private readonly ConditionalWeakTable<CandidateRequest<TRecord>, Lazy<Task<MultiVectorEmbedding>>> _queries = [];

    private QueryTokens(IEmbeddingGenerator<string, MultiVectorEmbedding> generator) => _generator = generator;

    /// <summary>Those of a generator, which all share that have it.</summary>
    public static QueryTokens<TRecord> Of(IEmbeddingGenerator<string, MultiVectorEmbedding> generator) =>
        OfGenerators.GetValue(generator, static first => new QueryTokens<TRecord>(first));

    /// <summary>The vectors of a request's query. A failure stays the request's, and so does the end of the one that asked first: stages of a request end together.</summary>
    public Task<MultiVectorEmbedding> EmbedAsync(CandidateRequest<TRecord> request, CancellationToken cancellationToken) =>
        _queries.GetValue(request, asked => new Lazy<Task<MultiVectorEmbedding>>(() => _generator.GenerateQueryAsync(asked.Query, cancellationToken: cancellationToken))).Value;
}
