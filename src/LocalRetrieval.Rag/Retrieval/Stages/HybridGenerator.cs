using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Finds records by a store's own hybrid search, of which the rank counts: stores give scores of any kind.</summary>
internal sealed class HybridGenerator<TRecord>(string name, IKeywordHybridSearchable<TRecord> collection, PassageRetrieverOptions<TRecord> options, RecordLayout layout)
    : ICandidateGenerator<TRecord>, IQueryVectorStage, IOwnGenerator
    where TRecord : class
{
    public string Name => RetrievalStage.Hybrid;

    public string Collection => name;

    public async Task<IReadOnlyList<ScoredRecord<TRecord>>> FindAsync(CandidateRequest<TRecord> request, int count, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<float> vector = await request.GetVectorAsync().ConfigureAwait(false);
        HybridSearchOptions<TRecord> search = new() { Filter = request.Filter, VectorProperty = options.VectorProperty };
        try
        {
            return await FindAsync(vector, request.Query, count, search, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException exception) when (layout.IsAssumed)
        {
            throw new InvalidOperationException(
                $"The hybrid search of '{name}' failed: {exception.Message} If its text has no full-text index, which nothing said, pass the collection's definition as "
                    + $"{nameof(PassageRetrieverOptions<>)}.{nameof(options.Definition)}, or set {nameof(options.UseKeywords)} = false to search by vectors alone.",
                exception);
        }
    }

    private async Task<IReadOnlyList<ScoredRecord<TRecord>>> FindAsync(
        ReadOnlyMemory<float> vector, string query, int count, HybridSearchOptions<TRecord> search, CancellationToken cancellationToken)
    {
        List<ScoredRecord<TRecord>> found = [];
        await foreach (VectorSearchResult<TRecord> result in collection.HybridSearchAsync(vector, QueryWords.Of(query), count, search, cancellationToken).ConfigureAwait(false))
        {
            found.Add(new ScoredRecord<TRecord>(result.Record, 1.0 / (RankFusion.DefaultRankConstant + found.Count + 1)));
        }

        return found;
    }

    public Task<IReadOnlyList<double?>> ScoreAsync(CandidateRequest<TRecord> request, IReadOnlyList<TRecord> records, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<double?>>(new double?[records.Count]);
}
