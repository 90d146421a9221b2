using System.Runtime.CompilerServices;

namespace LocalRetrieval.Rag;

/// <summary>Chooses among the candidates of one request: leaves out duplicates and what is too much of one source, and orders by marginal relevance.</summary>
/// <param name="candidates">The candidates that are good enough, best first.</param>
/// <param name="options">What is chosen.</param>
/// <param name="mapping">Where the parts of a passage are in a record.</param>
/// <param name="records">Gives the candidates' vectors.</param>
/// <param name="batch">How many vectors are fetched at once: as many as are likely to be looked at.</param>
internal sealed class CandidateChoice<TRecord>(
    IReadOnlyList<RetrievalCandidate<TRecord>> candidates, SelectionOptions options, PassageMapping<TRecord> mapping, CandidateRecords<TRecord> records, int batch)
    where TRecord : class
{
    private readonly CandidateVectors<TRecord> _vectors = new(candidates, records, batch);
    private readonly Dictionary<(string Collection, string Source), int> _perSource = [];
    private DuplicateFinder<TRecord>? _duplicates;
    private ICandidateQueue? _queue;

    /// <summary>The candidates that are chosen, best first; each is chosen when it is asked for.</summary>
    public async IAsyncEnumerable<RetrievalCandidate<TRecord>> ChooseAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _duplicates = new DuplicateFinder<TRecord>(options, mapping, _vectors);
        _queue = await CreateQueueAsync(cancellationToken).ConfigureAwait(false);
        while (_queue.Next() is { } index)
        {
            RetrievalCandidate<TRecord> candidate = candidates[index];
            RetrievalCandidate<TRecord>? same = _duplicates.FindEqual(candidate) ?? await _duplicates.FindNearAsync(candidate, index, cancellationToken).ConfigureAwait(false);
            if (same is not null)
            {
                DropDuplicate(candidate, same);
            }
            else if (HasRoom(candidate))
            {
                _queue.Choose(index);
                _duplicates.Choose(candidate, index);
                yield return candidate;
            }
        }
    }

    /// <summary>The candidates that were not looked at any more, without those that equal a chosen one, which names them.</summary>
    public IEnumerable<RetrievalCandidate<TRecord>> TakeRest()
    {
        while (_queue?.Next() is { } index)
        {
            RetrievalCandidate<TRecord> candidate = candidates[index];
            if (_duplicates!.FindEqual(candidate) is { } same)
            {
                DropDuplicate(candidate, same);
            }
            else
            {
                yield return candidate;
            }
        }
    }

    private async ValueTask<ICandidateQueue> CreateQueueAsync(CancellationToken cancellationToken) =>
        candidates.Count > 1 && options.MmrLambda is { } lambda && await _vectors.GetAllAsync(cancellationToken).ConfigureAwait(false) is { } vectors
            ? new MarginalRelevanceQueue([.. candidates.Select(candidate => candidate.Score)], vectors, lambda)
            : new RankedQueue(candidates.Count);

    private void DropDuplicate(RetrievalCandidate<TRecord> candidate, RetrievalCandidate<TRecord> same)
    {
        same.Duplicates.Add(candidate);
        candidate.Omit(mapping.Source?.Invoke(same.Record) is { } source ? $"says the same as '{same.Key}' of '{source}'" : $"says the same as '{same.Key}'");
    }

    private bool HasRoom(RetrievalCandidate<TRecord> candidate)
    {
        if (options.MaxPerSource is not { } most || mapping.Source?.Invoke(candidate.Record) is not { } source)
        {
            return true;
        }

        int count = _perSource.GetValueOrDefault((candidate.Collection, source));
        if (count == most)
        {
            candidate.Omit($"'{source}' is returned {most} times already, which is {nameof(SelectionOptions.MaxPerSource)}");
            return false;
        }

        _perSource[(candidate.Collection, source)] = count + 1;
        return true;
    }
}
