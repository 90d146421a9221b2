namespace LocalRetrieval.Rag;

/// <summary>A stage that says which words of the query a record has.</summary>
internal interface IKeywordMatchStage<TRecord>
    where TRecord : class
{
    /// <returns>The matches of each record; null where the collection does not tell.</returns>
    Task<IReadOnlyList<IReadOnlyList<KeywordMatch>?>> MatchAsync(CandidateRequest<TRecord> request, IReadOnlyList<TRecord> records, CancellationToken cancellationToken);
}
