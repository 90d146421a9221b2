namespace LocalRetrieval.Rag;

/// <summary>The numbers of a conversation's sources: one that has a number keeps it, others go on from the greatest.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
internal sealed class SourceNumbers
{
    /// <summary>No source has a number.</summary>
    public static SourceNumbers None { get; } = new([], 1);

    private readonly Dictionary<SourceIdentity, int> _numbers;

    private SourceNumbers(Dictionary<SourceIdentity, int> numbers, int next)
    {
        _numbers = numbers;
        Next = next;
    }

    /// <summary>The number of the next source that has none.</summary>
    public int Next { get; }

    /// <summary>These numbers and those of <paramref name="sources"/>.</summary>
    public SourceNumbers With(IEnumerable<ContextSource> sources)
    {
        Dictionary<SourceIdentity, int> numbers = new(_numbers);
        int next = Next;
        foreach (ContextSource source in sources)
        {
            // The first number stays: the conversation has cited by it.
            numbers.TryAdd(SourceIdentity.Of(source.Passage), source.Number);
            next = Math.Max(next, source.Number + 1);
        }

        return new SourceNumbers(numbers, next);
    }

    /// <summary>These numbers, going on from at least <paramref name="number"/>.</summary>
    public SourceNumbers From(int number) => number <= Next ? this : new SourceNumbers(_numbers, number);

    /// <summary>The number that a passage has, or null.</summary>
    public int? Find(RetrievedPassage passage) => _numbers.TryGetValue(SourceIdentity.Of(passage), out int number) ? number : null;
}
