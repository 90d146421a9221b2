namespace LocalRetrieval.Rag;

/// <summary>The vectors of a request's candidates, fetched best first and only as far as they are asked for.</summary>
/// <param name="candidates">The candidates, best first.</param>
/// <param name="records">Gives their vectors.</param>
/// <param name="batch">How many are fetched at once at least.</param>
internal sealed class CandidateVectors<TRecord>(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, CandidateRecords<TRecord> records, int batch)
    where TRecord : class
{
    private readonly List<ReadOnlyMemory<float>> _vectors = new(Math.Min(batch, candidates.Count));

    /// <summary>The vector of the candidate at <paramref name="index"/>; empty where there is none.</summary>
    public async ValueTask<ReadOnlyMemory<float>> GetAsync(int index, CancellationToken cancellationToken)
    {
        if (index >= _vectors.Count)
        {
            int end = (int)Math.Min(candidates.Count, Math.Max(index + 1L, (long)_vectors.Count + batch));
            RetrievalCandidate<TRecord>[] next = [.. candidates.Take(_vectors.Count..end)];
            _vectors.AddRange(await records.GetVectorsAsync(next, cancellationToken).ConfigureAwait(false));
        }

        return _vectors[index];
    }

    /// <summary>The vectors of all candidates; null where one has none, or one of another length.</summary>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>?> GetAllAsync(CancellationToken cancellationToken)
    {
        await GetAsync(candidates.Count - 1, cancellationToken).ConfigureAwait(false);
        return _vectors.TrueForAll(vector => !vector.IsEmpty && vector.Length == _vectors[0].Length) ? _vectors : null;
    }
}
