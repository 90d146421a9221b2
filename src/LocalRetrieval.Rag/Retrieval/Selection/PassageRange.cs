namespace LocalRetrieval.Rag;

/// <summary>Passages of one source without a gap between them, found or joined with found ones.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class PassageRange<TRecord>
    where TRecord : class
{
    private readonly PassageMapping<TRecord> _mapping;
    private readonly SortedList<int, TRecord> _parts;
    private JoinedText? _text;

    /// <param name="source">Their source; null for a passage that nothing can be joined with.</param>
    /// <param name="found">Those that were found, the best first.</param>
    /// <param name="parts">The passages by their places in the source.</param>
    /// <param name="mapping">Where their parts are.</param>
    public PassageRange(SourceKey? source, IReadOnlyList<RetrievalCandidate<TRecord>> found, SortedList<int, TRecord> parts, PassageMapping<TRecord> mapping)
    {
        Source = source;
        Found = found;
        _parts = parts;
        _mapping = mapping;
    }

    public SourceKey? Source { get; }

    /// <summary>The passages that were found, the best first.</summary>
    public IReadOnlyList<RetrievalCandidate<TRecord>> Found { get; }

    private JoinedText Text => _text ??= JoinedText.Of([.. _parts.Values], _mapping);

    /// <summary>Whether a place of the source is in the range.</summary>
    public bool Contains(int ordinal) => Source is not null && _parts.ContainsKey(ordinal);

    /// <summary>Whether the two overlap or follow each other.</summary>
    public bool Touches(PassageRange<TRecord> other) =>
        Source is not null && Source == other.Source && _parts.Keys[0] <= other._parts.Keys[^1] + 1 && other._parts.Keys[0] <= _parts.Keys[^1] + 1;

    /// <summary>Both as one; the found ones of this range are the better.</summary>
    public PassageRange<TRecord> With(PassageRange<TRecord> other)
    {
        SortedList<int, TRecord> parts = new(_parts);
        foreach ((int ordinal, TRecord record) in other._parts)
        {
            parts.TryAdd(ordinal, record);
        }

        return new PassageRange<TRecord>(Source, [.. Found, .. other.Found], parts, _mapping);
    }

    /// <summary>The tokens of what is returned: heading path and text.</summary>
    public int CountTokens(ITokenCounter counter) => counter.CountTokens(HeadingPaths.Prepend(Text.HeadingPath, Text.Text));

    public SelectedPassage<TRecord> ToPassage() => new(Found[0], _parts.Count > 1 ? Text : null);
}
