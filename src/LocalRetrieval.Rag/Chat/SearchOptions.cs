namespace LocalRetrieval.Rag;

/// <summary>The options of a search that a model makes for itself.</summary>
internal static class SearchOptions
{
    /// <summary>
    /// Those of the request that the search is made in, whose filter is what the caller may see; else the function's own. Those of the client hold where the function has
    /// none, or where it has no filter and the client's may have one.
    /// </summary>
    /// <param name="turn">The turn; null outside of one.</param>
    /// <param name="own">The function's options; null for none.</param>
    public static RetrievalOptions? Of(ChatTurn? turn, RetrievalOptions? own) =>
        turn?.Retrieval is not { } given ? own
        : own is null || turn.IsOfRequest ? given
        : own.GetType() == typeof(RetrievalOptions) && given.GetType() != typeof(RetrievalOptions) ? given
        : own;
}
