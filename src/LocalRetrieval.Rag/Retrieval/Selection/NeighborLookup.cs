using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>Finds the passages around found ones in their sources, as far as a request's filter lets them through.</summary>
internal sealed class NeighborLookup<TRecord>(
    SelectionOptions options, PassageMapping<TRecord> mapping, CandidateRecords<TRecord> records, Expression<Func<TRecord, bool>>? filter)
    where TRecord : class
{
    /// <summary>How far is looked at once on each side: a section may be said to be of any length, and most are short.</summary>
    private const int Step = 64;

    private readonly Dictionary<(SourceKey Source, int Ordinal), TRecord?> _records = [];

    /// <summary>Where a candidate stands in its source; null where that is not known.</summary>
    public (SourceKey Source, int Ordinal)? PlaceOf(RetrievalCandidate<TRecord> candidate) =>
        mapping.Source?.Invoke(candidate.Record) is { } source && mapping.Ordinal?.Invoke(candidate.Record) is { } ordinal
            ? (new SourceKey(candidate.Collection, source), ordinal)
            : null;

    /// <summary>Fetches what may be joined with some candidates, in one request for each collection.</summary>
    public async Task FetchAsync(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, CancellationToken cancellationToken)
    {
        foreach (RetrievalCandidate<TRecord> candidate in candidates)
        {
            if (PlaceOf(candidate) is { } place)
            {
                _records[place] = candidate.Record;
            }
        }

        for (int from = 1; from > 0 && candidates.Any(candidate => GoesOn(candidate, from)); from += Step)
        {
            await FetchAsync(candidates, from, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A candidate and what is to be joined with it, nearest first: as far on both sides as it is wanted and nothing is missing.</summary>
    public IReadOnlyList<(int Ordinal, TRecord Record)> Around(SourceKey source, int ordinal)
    {
        TRecord found = _records[(source, ordinal)]!;
        List<(int Ordinal, TRecord Record)> around = [(ordinal, found)];
        string? section = options.ReturnSections ? mapping.Section?.Invoke(found) : null;
        int inSection = 1;
        (int low, int high) = (ordinal, ordinal);
        while (TryAdd(high + 1, ref high) | TryAdd(low - 1, ref low))
        {
        }

        return around;

        bool TryAdd(int next, ref int edge)
        {
            if (_records.GetValueOrDefault((source, next)) is not { } record)
            {
                return false;
            }

            bool isOfSection = section is not null && inSection < options.MaxSectionPassages && mapping.Section!(record) == section;
            if (!isOfSection && !IsNeighbor(next - ordinal))
            {
                return false;
            }

            inSection += isOfSection ? 1 : 0;
            around.Add((next, record));
            edge = next;
            return true;
        }
    }

    private bool IsNeighbor(int distance) => -options.NeighborsBefore <= distance && distance <= options.NeighborsAfter;

    /// <summary>Fetches those at some distance from the candidates.</summary>
    private async Task FetchAsync(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, int from, CancellationToken cancellationToken)
    {
        foreach (IGrouping<string, RetrievalCandidate<TRecord>> ofCollection in candidates.GroupBy(candidate => candidate.Collection))
        {
            object[] keys = [.. ofCollection.SelectMany(candidate => KeysAround(candidate, from))];
            foreach (TRecord record in keys.Length == 0 ? [] : await records.GetAsync(ofCollection.Key, keys, filter, cancellationToken).ConfigureAwait(false))
            {
                if (mapping.Source?.Invoke(record) is { } source && mapping.Ordinal?.Invoke(record) is { } ordinal)
                {
                    _records[(new SourceKey(ofCollection.Key, source), ordinal)] = record;
                }
            }
        }
    }

    /// <summary>Whether nothing is missing yet on a side of a candidate, as far as it was fetched: joining ends at a gap.</summary>
    private bool GoesOn(RetrievalCandidate<TRecord> candidate, int from) =>
        PlaceOf(candidate) is { } place && (from == 1 || HasAt(place, from - 1) || HasAt(place, 1 - from));

    private bool HasAt((SourceKey Source, int Ordinal) place, int distance) => _records.GetValueOrDefault((place.Source, place.Ordinal + distance)) is not null;

    private IEnumerable<object> KeysAround(RetrievalCandidate<TRecord> candidate, int from)
    {
        if (PlaceOf(candidate) is not { } place || !GoesOn(candidate, from))
        {
            yield break;
        }

        int section = options.ReturnSections && mapping.Section?.Invoke(candidate.Record) is not null ? options.MaxSectionPassages - 1 : 0;
        long first = Math.Max(0, place.Ordinal - Math.Min(Math.Max(section, options.NeighborsBefore), from + Step - 1L));
        long last = Math.Min(int.MaxValue, place.Ordinal + Math.Min(Math.Max(section, options.NeighborsAfter), from + Step - 1L));
        for (long ordinal = first; ordinal <= last; ordinal++)
        {
            // What was asked for once is not asked for again.
            if (_records.TryAdd((place.Source, (int)ordinal), null) && mapping.KeyAt?.Invoke(candidate.Record, (int)ordinal) is { } key)
            {
                yield return key;
            }
        }
    }
}
