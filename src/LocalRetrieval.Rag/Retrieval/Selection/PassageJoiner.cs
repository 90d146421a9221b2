namespace LocalRetrieval.Rag;

/// <summary>Makes what is returned of the chosen candidates: joins them with their neighbors and sections and with each other, and keeps them within a token budget.</summary>
/// <param name="options">What is joined.</param>
/// <param name="mapping">Where the parts of a passage are in a record.</param>
/// <param name="neighbors">Finds what is joined.</param>
/// <param name="counter">Counts tokens; null where there is no budget.</param>
internal sealed class PassageJoiner<TRecord>(SelectionOptions options, PassageMapping<TRecord> mapping, NeighborLookup<TRecord> neighbors, ITokenCounter? counter)
    where TRecord : class
{
    private List<PassageRange<TRecord>> _ranges = [];

    // What the budget has no room for. After as many of these as are wanted, the rest is too far from the best to fill it up with.
    private int _misfits;

    /// <summary>The candidates that were looked at.</summary>
    public HashSet<RetrievalCandidate<TRecord>> Seen { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Takes candidates until there are enough passages.</summary>
    /// <param name="chosen">The candidates, best first.</param>
    /// <param name="top">How many passages are wanted.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<IReadOnlyList<SelectedPassage<TRecord>>> JoinAsync(IAsyncEnumerable<RetrievalCandidate<TRecord>> chosen, int top, CancellationToken cancellationToken)
    {
        IAsyncEnumerator<RetrievalCandidate<TRecord>> candidates = chosen.GetAsyncEnumerator(cancellationToken);
        await using (candidates.ConfigureAwait(false))
        {
            while (_ranges.Count < top && _misfits < top && await TakeAsync(candidates, top - _ranges.Count).ConfigureAwait(false) is { Count: > 0 } batch)
            {
                await FetchAsync(batch, cancellationToken).ConfigureAwait(false);
                batch.ForEach(Add);
            }
        }

        return [.. _ranges.Select(range => range.ToPassage())];
    }

    private static async Task<List<RetrievalCandidate<TRecord>>> TakeAsync(IAsyncEnumerator<RetrievalCandidate<TRecord>> candidates, int count)
    {
        List<RetrievalCandidate<TRecord>> batch = [];
        while (batch.Count < count && await candidates.MoveNextAsync().ConfigureAwait(false))
        {
            batch.Add(candidates.Current);
        }

        return batch;
    }

    private Task FetchAsync(List<RetrievalCandidate<TRecord>> batch, CancellationToken cancellationToken)
    {
        Seen.UnionWith(batch);
        return options.IsJoining() ? neighbors.FetchAsync(batch, cancellationToken) : Task.CompletedTask;
    }

    private void Add(RetrievalCandidate<TRecord> candidate)
    {
        (SourceKey Source, int Ordinal)? place = options.IsJoining() ? neighbors.PlaceOf(candidate) : null;
        IReadOnlyList<(int Ordinal, TRecord Record)> around = place is { } known ? neighbors.Around(known.Source, known.Ordinal) : [(0, candidate.Record)];
        int length = LongestFit(count => With(RangeOf(candidate, place?.Source, around, count)), around.Count);
        if (length == 0)
        {
            _misfits++;
            candidate.Omit($"what is left of {nameof(SelectionOptions.TokenBudget)}, {options.TokenBudget}, has no room for it");
            return;
        }

        _ranges = With(RangeOf(candidate, place?.Source, around, length));
        if (_ranges.Find(range => range.Found.Contains(candidate)) is { } joined && joined.Found[0] != candidate)
        {
            candidate.Omit($"is returned within '{joined.Found[0].Key}'");
            joined.Found[0].Duplicates.AddRange(candidate.Duplicates);
        }
    }

    /// <summary>How much of what is around a candidate fits into the budget; 0 where not even the candidate does. The first always does.</summary>
    private int LongestFit(Func<int, List<PassageRange<TRecord>>> with, int most)
    {
        if (options.TokenBudget is not { } budget)
        {
            return most;
        }

        (int low, int high) = (_ranges.Count == 0 ? 1 : 0, most);
        while (low < high)
        {
            int middle = low + ((high - low + 1) / 2);
            (low, high) = with(middle).Sum(range => (long)range.CountTokens(counter!)) <= budget ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private PassageRange<TRecord> RangeOf(RetrievalCandidate<TRecord> candidate, SourceKey? source, IReadOnlyList<(int Ordinal, TRecord Record)> around, int count)
    {
        SortedList<int, TRecord> parts = [];
        foreach ((int ordinal, TRecord record) in around.Take(count))
        {
            parts.Add(ordinal, record);
        }

        return new PassageRange<TRecord>(source, [candidate], parts, mapping);
    }

    /// <summary>The ranges with one more, in the place of the best that it touches.</summary>
    private List<PassageRange<TRecord>> With(PassageRange<TRecord> added)
    {
        List<PassageRange<TRecord>> ranges = [];
        PassageRange<TRecord>? joined = null;
        int place = _ranges.Count;
        foreach (PassageRange<TRecord> range in _ranges)
        {
            if (!range.Touches(added))
            {
                ranges.Add(range);
                continue;
            }

            place = joined is null ? ranges.Count : place;
            joined = joined is null ? range : joined.With(range);
        }

        ranges.Insert(Math.Min(place, ranges.Count), joined?.With(added) ?? added);
        return ranges;
    }
}
