namespace LocalRetrieval.Rag;

/// <summary>Prepares a query before it is searched for.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal interface IQueryStage
{
    /// <summary>The stage's name in notes and times.</summary>
    string Name { get; }

    /// <summary>What is searched for in place of a query. It throws for a caller's cancellation and wrong set-up alone: where it fails otherwise, the query stays.</summary>
    /// <param name="query">The query.</param>
    /// <param name="request">The request's options.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<PreparedQuery> PrepareAsync(string query, RetrievalOptions? request, CancellationToken cancellationToken);
}
