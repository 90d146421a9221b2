namespace LocalRetrieval.Rag;

/// <summary>The union of what the generators found for one request's queries, each record once by its key.</summary>
internal sealed class CandidatePool<TRecord>(PassageMapping<TRecord> mapping)
    where TRecord : class
{
    private readonly Dictionary<string, RetrievalCandidate<TRecord>> _byKey = [];
    private readonly List<IReadOnlyList<string>> _lists = [];

    /// <summary>The candidates, those first that the most generators found furthest in front: by reciprocal rank fusion.</summary>
    public RetrievalCandidate<TRecord>[] Fuse() => [.. RankFusion.ReciprocalRank(_lists).Select(fused => _byKey[fused.Key])];

    /// <summary>Adds what a stage found.</summary>
    /// <param name="found">The records, best first.</param>
    /// <param name="stage">The stage that scored them; null where it searched for another query than candidates are scored by.</param>
    public void Add(IReadOnlyList<ScoredRecord<TRecord>> found, string? stage)
    {
        HashSet<string> keys = [];
        List<string> ranked = new(found.Count);
        foreach (ScoredRecord<TRecord> scored in found)
        {
            RetrievalCandidate<TRecord> candidate = CandidateOf(scored.Record);
            if (!keys.Add(candidate.Key))
            {
                continue;
            }

            ranked.Add(candidate.Key);
            if (stage is not null)
            {
                candidate.Add(new StageScore { Stage = stage, Score = scored.Score, Rank = ranked.Count });
            }
        }

        _lists.Add(ranked);
    }

    private RetrievalCandidate<TRecord> CandidateOf(TRecord record)
    {
        string key = mapping.Key(record);
        if (!_byKey.TryGetValue(key, out RetrievalCandidate<TRecord>? candidate))
        {
            _byKey[key] = candidate = new RetrievalCandidate<TRecord>(record, key, mapping.EmbeddedText(record));
        }

        return candidate;
    }
}
