namespace LocalRetrieval.Rag;

/// <summary>The options of a search that is made while a model answers.</summary>
internal static class SearchOptions
{
    /// <summary>
    /// Those of the request that the search is made in, or else the search's own, or else those of the client. Whichever they are, the filter of the others holds too: what a caller may see,
    /// and what a function is for, are both conditions.
    /// </summary>
    /// <param name="turn">The turn; null outside of one.</param>
    /// <param name="own">The search's own options; null for none.</param>
    /// <exception cref="ArgumentException">Options of the request and the search's own are of different records, or say more than can be joined.</exception>
    public static RetrievalOptions? Of(ChatTurn? turn, RetrievalOptions? own) =>
        turn?.Retrieval is not { } given ? own
        : own is null ? given
        : turn.IsOfRequest || IsDerived(given) ? own.Narrow(given)
        : AreOfOtherRecords(given, own) ? own
        : given.Narrow(own);

    private static bool IsDerived(RetrievalOptions options) => options.GetType() != options.KnownType;

    /// <summary>Whether a client and a function search different stores, so that the filter of one says nothing of the other.</summary>
    private static bool AreOfOtherRecords(RetrievalOptions given, RetrievalOptions own) =>
        given.KnownType != own.KnownType && given.KnownType != typeof(RetrievalOptions) && own.KnownType != typeof(RetrievalOptions);
}
