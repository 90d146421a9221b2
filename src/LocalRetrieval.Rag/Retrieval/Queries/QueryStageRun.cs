namespace LocalRetrieval.Rag;

/// <summary>One run of a stage that prepares a query, and what the result says of it.</summary>
internal sealed class QueryStageRun
{
    private readonly string _stage;
    private readonly string _asked;
    private readonly TimeSpan _elapsed;

    private QueryStageRun(string stage, string asked, PreparedQuery prepared, TimeSpan elapsed)
    {
        _stage = stage;
        _asked = asked;
        _elapsed = elapsed;
        Prepared = prepared;
    }

    public PreparedQuery Prepared { get; }

    public static async Task<QueryStageRun> StartAsync(IQueryStage stage, string query, RetrievalOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        using StageActivity activity = new(stage.Name, RetrievalOperation.Current?.Telemetry ?? RagTelemetry.Default);
        try
        {
            PreparedQuery prepared = await stage.PrepareAsync(query, options, cancellationToken).ConfigureAwait(false);
            return new QueryStageRun(stage.Name, query, prepared, activity.Stop());
        }
        catch (Exception exception)
        {
            activity.Fail(exception);
            throw;
        }
    }

    /// <summary>The options with what was prepared: a copy, or themselves where there is nothing to set.</summary>
    /// <param name="options">The request's options.</param>
    /// <param name="create">Makes options where the request has none.</param>
    public T? Configure<T>(T? options, Func<T> create)
        where T : RetrievalOptions
    {
        if (Prepared.Configure is null)
        {
            return options;
        }

        T configured = (T?)options?.Clone() ?? create();
        Prepared.Configure(configured);
        return configured;
    }

    /// <summary>A result of the prepared query as one of the query that was asked.</summary>
    public RetrievalResult Finish(RetrievalResult result) => result with
    {
        Query = _asked,
        SearchQuery = result.SearchQuery ?? (result.Query == _asked ? null : result.Query),
        IsSkipped = result.IsSkipped || Prepared.IsSkipped,
        Timings = [new StageTiming { Stage = _stage, Elapsed = _elapsed }, .. result.Timings],
        Notes = Prepared.Note is null ? result.Notes : [new RetrievalNote { Stage = _stage, Text = Prepared.Note, IsFailure = Prepared.IsFailure }, .. result.Notes ?? []],
    };
}
