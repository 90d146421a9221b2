namespace LocalRetrieval.Rag;

/// <summary>Finds records by the query's words.</summary>
internal sealed class KeywordGenerator<TKey, TRecord>(string name, IKeywordSearchable<TRecord> collection, RecordLayout layout)
    : ICandidateGenerator<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly RecordProperty<TRecord>? _key = RecordProperty<TRecord>.Find(layout.KeyName);

    public string Name => RetrievalStage.Keyword;

    public string Collection => name;

    public async Task<IReadOnlyList<ScoredRecord<TRecord>>> FindAsync(CandidateRequest<TRecord> request, int count, CancellationToken cancellationToken)
    {
        List<ScoredRecord<TRecord>> found = [];
        KeywordSearchOptions<TRecord> options = new() { Filter = request.Filter };
        await foreach (KeywordSearchResult<TRecord> result in collection.KeywordSearchAsync(request.Query, count, options, cancellationToken).ConfigureAwait(false))
        {
            found.Add(new ScoredRecord<TRecord>(result.Record, result.Score));
        }

        return found;
    }

    /// <summary>Asks the same of the records alone: one that holds none of the query's words scores 0.</summary>
    public async Task<IReadOnlyList<double?>> ScoreAsync(CandidateRequest<TRecord> request, IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        if (_key is null)
        {
            return new double?[records.Count];
        }

        List<TKey> keys = [.. records.Select(_key.Read).OfType<TKey>()];
        KeywordSearchOptions<TRecord> options = new() { Filter = KeyFilter.Create(layout.KeyName!, keys, request.Filter) };
        Dictionary<TKey, double> scores = [];
        await foreach (KeywordSearchResult<TRecord> result in collection.KeywordSearchAsync(request.Query, Math.Max(1, keys.Count), options, cancellationToken).ConfigureAwait(false))
        {
            scores[(TKey)_key.Read(result.Record)!] = result.Score;
        }

        return [.. records.Select(record => _key.Read(record) is TKey key ? scores.GetValueOrDefault(key) : (double?)null)];
    }
}
