namespace LocalRetrieval.Rag;

/// <summary>The numbers of a turn's sources: those that were retrieved for it, and those that the model searches for itself.</summary>
/// <remarks>Safe for concurrent use: a model may search several times at once.</remarks>
/// <param name="numbers">The conversation's numbers, with those that were retrieved for the turn.</param>
internal sealed class TurnSearches(SourceNumbers numbers)
{
    private readonly Lock _lock = new();
    private SourceNumbers _numbers = numbers;
    private IReadOnlyList<ContextSource> _found = [];

    /// <summary>The conversation's numbers, those of what was searched for included.</summary>
    public SourceNumbers Numbers
    {
        get
        {
            lock (_lock)
            {
                return _numbers;
            }
        }
    }

    /// <summary>The sources that searches gave.</summary>
    public IReadOnlyList<ContextSource> Found
    {
        get
        {
            lock (_lock)
            {
                return _found;
            }
        }
    }

    /// <summary>The context of one search, with the conversation's numbers.</summary>
    public RetrievalContext Build(ContextBuilder builder, IReadOnlyList<RetrievedPassage> passages)
    {
        lock (_lock)
        {
            RetrievalContext context = builder.Build(passages, [], _numbers);
            _numbers = _numbers.With(context.Sources);
            _found = [.. _found, .. context.Sources];
            return context;
        }
    }
}
