namespace LocalRetrieval.Rag;

/// <summary>Writes passages as numbered sources, within a token budget.</summary>
/// <remarks>
/// <para>Each source stands between two lines of a boundary that no source holds: a line with its number, name, page and headings, then its
/// text. The boundary is a hash of the sources, so that equal passages give equal texts. In names and texts, what looks like a citation
/// stands in parentheses, (1) for [1], outside of code, and tokens of chat templates are made harmless.</para>
/// <para>Passages are taken whole, by their ranks where these tell them apart and else in their order; one that does not fit is left out and the next is
/// tried. The first is never left out: if it does not fit, its start is the whole context. They are written in their order, so that a
/// <see cref="SelectionOptions.Placement"/> stays.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class ContextBuilder
{
    private readonly ITokenCounter _counter;
    private readonly int _maxTokens;

    /// <summary>A builder that counts with <paramref name="counter"/>.</summary>
    /// <param name="counter">Counts tokens.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="counter"/> is null.</exception>
    public ContextBuilder(ITokenCounter counter, ContextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        _counter = counter;
        _maxTokens = (options ?? new ContextOptions()).MaxTokens;
    }

    /// <summary>Whether a number in brackets directly after a word cites, so that passages must not hold one: what reads the citations says (<see cref="RetrievalChatOptions.CiteAfterWords"/>).</summary>
    /// <value>The default is false.</value>
    public bool CiteAfterWords { get; init; }

    /// <summary>The context of <paramref name="passages"/>.</summary>
    /// <param name="passages">The passages.</param>
    /// <param name="earlier">Sources that the conversation has cited: a passage that is one of them keeps its number, others go on from the
    /// greatest, and those not among the passages follow them as far as they fit, the last first. Null means none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="passages"/> is null.</exception>
    public RetrievalContext Build(IReadOnlyList<RetrievedPassage> passages, IReadOnlyList<ContextSource>? earlier = null)
    {
        ArgumentNullException.ThrowIfNull(passages);
        earlier ??= [];
        return Build(passages, earlier, SourceNumbers.None.With(earlier));
    }

    /// <summary>The context of <paramref name="passages"/>, then of sources that are sent again, with the numbers of a conversation.</summary>
    internal RetrievalContext Build(IReadOnlyList<RetrievedPassage> passages, IReadOnlyList<ContextSource> again, SourceNumbers numbers)
    {
        List<ContextSource> sources = [];
        List<string> entries = [];
        List<int> places = [];
        HashSet<SourceIdentity> seen = [];
        int omitted = 0;
        int next = numbers.Next;
        foreach ((RetrievedPassage passage, int place) in ByRank(passages).Where(pair => seen.Add(SourceIdentity.Of(pair.Passage))))
        {
            ContextSource source = new() { Number = numbers.Find(passage) ?? next, Passage = passage };
            int at = ~places.BinarySearch(place);
            if (TryAdd(source, entries, at))
            {
                sources.Insert(at, source);
                places.Insert(at, place);
                next = Math.Max(next, source.Number + 1);
            }
            else if (sources.Count == 0)
            {
                return Cut(source, passages.Count - 1);
            }
            else
            {
                omitted++;
            }
        }

        foreach (ContextSource source in again.Reverse().Where(source => seen.Add(SourceIdentity.Of(source.Passage)) && TryAdd(source, entries, entries.Count)))
        {
            sources.Add(source with { IsCut = false });
        }

        return Context(entries, sources, omitted);
    }

    /// <summary>The passages with their places, the best first where their ranks say which that is: what several retrievals gave has ranks twice.</summary>
    private static IEnumerable<(RetrievedPassage Passage, int Place)> ByRank(IReadOnlyList<RetrievedPassage> passages)
    {
        IEnumerable<(RetrievedPassage Passage, int Place)> placed = passages.Select((passage, place) => (passage, place));
        return passages.DistinctBy(passage => passage.Rank).Count() == passages.Count ? placed.OrderBy(pair => pair.Passage.Rank) : placed;
    }

    /// <summary>Adds a source's entry at a place if it fits.</summary>
    private bool TryAdd(ContextSource source, List<string> entries, int at)
    {
        entries.Insert(at, SourceFence.Entry(source.Number, source.Passage, CiteAfterWords));
        bool fits = Fits(SourceFence.Enclose(entries));
        if (!fits)
        {
            entries.RemoveAt(at);
        }

        return fits;
    }

    private bool Fits(string text) => text.Length <= CharacterLimit.Of(_maxTokens) && _counter.CountTokens(text) <= _maxTokens;

    private RetrievalContext Cut(ContextSource source, int omitted)
    {
        string entry = SourceFence.Entry(source.Number, source.Passage, CiteAfterWords);
        string empty = SourceFence.Enclose([""]);
        int length = CharacterLimit.Cut(entry, CharacterLimit.Of(_maxTokens) - empty.Length);
        int tokens = _maxTokens - _counter.CountTokens(empty);
        do
        {
            // Each length has another boundary, which may take a token more.
            length = _counter.IndexOfTokenLimit(entry.AsSpan(0, length), Math.Max(tokens--, 0), out _);
        }
        while (length > 0 && !Fits(SourceFence.Enclose([entry[..length]])));

        return Context([entry[..length]], [source with { IsCut = true }], omitted);
    }

    private RetrievalContext Context(IReadOnlyList<string> entries, IReadOnlyList<ContextSource> sources, int omitted)
    {
        string text = SourceFence.Enclose(entries);
        return new RetrievalContext { Text = text, Sources = sources, TokenCount = _counter.CountTokens(text), Omitted = omitted };
    }
}
