namespace LocalRetrieval.Rag;

/// <summary>Has a stage prepare each query before another retriever searches for it.</summary>
internal sealed class QueryStageRetriever(IPassageRetriever innerRetriever, IQueryStage stage) : DelegatingPassageRetriever(innerRetriever)
{
    protected override bool LetsSourcesBeRead => true;

    public override async Task<RetrievalResult> RetrieveAsync(string query, RetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        QueryStageRun run = await QueryStageRun.StartAsync(stage, query, options, cancellationToken).ConfigureAwait(false);
        RetrievalResult result = run.Prepared.IsSkipped
            ? new RetrievalResult(query, [])
            : await InnerRetriever.RetrieveOrThrowAsync(run.Prepared.Query, run.Configure(options, static () => new RetrievalOptions()), cancellationToken).ConfigureAwait(false);
        return run.Finish(result);
    }
}
