namespace LocalRetrieval.Rag;

/// <summary>Has a stage prepare each query before another retriever over records searches for it.</summary>
internal sealed class QueryStageRetriever<TRecord>(IPassageRetriever<TRecord> innerRetriever, IQueryStage stage) : DelegatingPassageRetriever<TRecord>(innerRetriever)
    where TRecord : class
{
    protected override bool LetsSourcesBeRead => true;

    public override async Task<RetrievalResult<TRecord>> RetrieveAsync(string query, RetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        QueryStageRun run = await QueryStageRun.StartAsync(stage, query, options, cancellationToken).ConfigureAwait(false);
        RetrievalResult<TRecord> result = run.Prepared.IsSkipped
            ? new RetrievalResult<TRecord>(query, [])
            : await InnerRetriever.RetrieveAsync(run.Prepared.Query, run.Configure(options, static () => new RetrievalOptions<TRecord>()), cancellationToken).ConfigureAwait(false);
        return (RetrievalResult<TRecord>)run.Finish(result);
    }
}
