namespace LocalRetrieval.Rag;

/// <summary>The numbers of a turn's sources: those that were retrieved for it, and those that the model searches for itself.</summary>
/// <remarks>Safe for concurrent use: a model may search several times at once.</remarks>
/// <param name="numbers">The conversation's numbers, with those that were retrieved for the turn.</param>
/// <param name="keepsSources">Whether what is found is kept, for answers that cite it.</param>
internal sealed class TurnSearches(SourceNumbers numbers, bool keepsSources = true)
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
    /// <param name="build">Writes the context with these numbers.</param>
    public RetrievalContext Build(Func<SourceNumbers, RetrievalContext> build)
    {
        lock (_lock)
        {
            RetrievalContext context = build(_numbers);
            AddLocked(context.Sources);
            return context;
        }
    }

    /// <summary>Adds sources that something else numbered on from <see cref="Numbers"/>.</summary>
    public void Add(IReadOnlyList<ContextSource> sources)
    {
        lock (_lock)
        {
            AddLocked(sources);
        }
    }

    private void AddLocked(IReadOnlyList<ContextSource> sources)
    {
        _numbers = _numbers.With(sources);
        _found = keepsSources ? [.. _found, .. sources] : [];
    }
}
