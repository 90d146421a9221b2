using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>Finds the passages around found ones in their sources, as far as a request's filter lets them through.</summary>
internal sealed class NeighborLookup<TRecord>(
    SelectionOptions options, PassageMapping<TRecord> mapping, CandidateRecords<TRecord> records, Expression<Func<TRecord, bool>>? filter)
    where TRecord : class
{
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

        foreach (IGrouping<string, RetrievalCandidate<TRecord>> ofCollection in candidates.GroupBy(candidate => candidate.Collection))
        {
            object[] keys = [.. ofCollection.SelectMany(KeysAround)];
            foreach (TRecord record in keys.Length == 0 ? [] : await records.GetAsync(ofCollection.Key, keys, filter, cancellationToken).ConfigureAwait(false))
            {
                if (mapping.Source?.Invoke(record) is { } source && mapping.Ordinal?.Invoke(record) is { } ordinal)
                {
                    _records[(new SourceKey(ofCollection.Key, source), ordinal)] = record;
                }
            }
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

    private IEnumerable<object> KeysAround(RetrievalCandidate<TRecord> candidate)
    {
        if (PlaceOf(candidate) is not { } place)
        {
            yield break;
        }

        int section = options.ReturnSections && mapping.Section?.Invoke(candidate.Record) is not null ? options.MaxSectionPassages - 1 : 0;
        int last = (int)Math.Min(int.MaxValue, (long)place.Ordinal + Math.Max(section, options.NeighborsAfter));
        for (int ordinal = Math.Max(0, place.Ordinal - Math.Max(section, options.NeighborsBefore)); ordinal <= last && ordinal >= 0; ordinal++)
        {
            // What was asked for once is not asked for again.
            if (_records.TryAdd((place.Source, ordinal), null) && mapping.KeyAt?.Invoke(candidate.Record, ordinal) is { } key)
            {
                yield return key;
            }
        }
    }
}
