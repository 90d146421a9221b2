namespace LocalRetrieval.Rag;

/// <summary>Finds records by the query's words.</summary>
internal sealed class KeywordGenerator<TKey, TRecord>(string name, IKeywordSearchable<TRecord> collection, RecordLayout layout)
    : ICandidateGenerator<TRecord>, IKeywordMatchStage<TRecord>, IOwnGenerator
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

        Dictionary<TKey, KeywordSearchResult<TRecord>> found = await FindAsync(request, records, _key, includeMatches: false, cancellationToken).ConfigureAwait(false);
        return [.. records.Select(record => _key.Read(record) is TKey key ? found.GetValueOrDefault(key)?.Score ?? 0 : (double?)null)];
    }

    public async Task<IReadOnlyList<IReadOnlyList<KeywordMatch>?>> MatchAsync(CandidateRequest<TRecord> request, IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
    {
        if (_key is null)
        {
            return new IReadOnlyList<KeywordMatch>?[records.Count];
        }

        Dictionary<TKey, KeywordSearchResult<TRecord>> found = await FindAsync(request, records, _key, includeMatches: true, cancellationToken).ConfigureAwait(false);
        return [.. records.Select(record => _key.Read(record) is TKey key && found.TryGetValue(key, out KeywordSearchResult<TRecord>? result) ? result.Matches : [])];
    }

    private async Task<Dictionary<TKey, KeywordSearchResult<TRecord>>> FindAsync(
        CandidateRequest<TRecord> request, IReadOnlyList<TRecord> records, RecordProperty<TRecord> keyProperty, bool includeMatches, CancellationToken cancellationToken)
    {
        List<TKey> keys = [.. records.Select(keyProperty.Read).OfType<TKey>()];
        KeywordSearchOptions<TRecord> options = new() { Filter = KeyFilter.Create(layout.KeyName!, keys, request.Filter), IncludeMatches = includeMatches };
        Dictionary<TKey, KeywordSearchResult<TRecord>> found = new(keys.Count);
        await foreach (KeywordSearchResult<TRecord> result in collection.KeywordSearchAsync(request.Query, Math.Max(1, keys.Count), options, cancellationToken).ConfigureAwait(false))
        {
            found[(TKey)keyProperty.Read(result.Record)!] = result;
        }

        return found;
    }
}
