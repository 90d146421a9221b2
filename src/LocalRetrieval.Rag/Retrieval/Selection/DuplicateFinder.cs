namespace LocalRetrieval.Rag;

/// <summary>Finds the chosen candidate that says the same as another.</summary>
internal sealed class DuplicateFinder<TRecord>(SelectionOptions options, PassageMapping<TRecord> mapping, CandidateVectors<TRecord> vectors)
    where TRecord : class
{
    private readonly Dictionary<string, RetrievalCandidate<TRecord>> _byHash = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RetrievalCandidate<TRecord>> _byText = new(LooseTextComparer.Instance);
    private readonly List<(RetrievalCandidate<TRecord> Candidate, int Index)> _chosen = [];

    /// <summary>Tells that a candidate was chosen.</summary>
    public void Choose(RetrievalCandidate<TRecord> candidate, int index)
    {
        if (!options.DropDuplicates)
        {
            return;
        }

        _chosen.Add((candidate, index));
        _byText.TryAdd(candidate.Text, candidate);
        if (HashOf(candidate) is { } hash)
        {
            _byHash.TryAdd(hash, candidate);
        }
    }

    /// <summary>The chosen candidate with the same hash or text; null where there is none.</summary>
    public RetrievalCandidate<TRecord>? FindEqual(RetrievalCandidate<TRecord> candidate) =>
        _chosen.Count == 0 ? null
        : HashOf(candidate) is { } hash && _byHash.TryGetValue(hash, out RetrievalCandidate<TRecord>? same) ? same
        : _byText.GetValueOrDefault(candidate.Text);

    /// <summary>The chosen candidate whose vector is near, and whose words do not tell that it says something else; null where there is none, or vectors are not compared.</summary>
    public async ValueTask<RetrievalCandidate<TRecord>?> FindNearAsync(RetrievalCandidate<TRecord> candidate, int index, CancellationToken cancellationToken)
    {
        if (_chosen.Count == 0 || options.DuplicateSimilarity is not { } least)
        {
            return null;
        }

        ReadOnlyMemory<float> vector = await vectors.GetAsync(index, cancellationToken).ConfigureAwait(false);
        foreach ((RetrievalCandidate<TRecord> chosen, int place) in _chosen)
        {
            ReadOnlyMemory<float> other = await vectors.GetAsync(place, cancellationToken).ConfigureAwait(false);
            if (DenseVector.Cosine(vector, other) >= least && !TellingWords.Differ(candidate.Text, chosen.Text))
            {
                return chosen;
            }
        }

        return null;
    }

    private string? HashOf(RetrievalCandidate<TRecord> candidate) => mapping.ContentHash?.Invoke(candidate.Record) is { Length: > 0 } hash ? hash : null;
}
