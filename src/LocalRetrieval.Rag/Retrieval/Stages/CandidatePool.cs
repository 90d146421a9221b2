namespace LocalRetrieval.Rag;

/// <summary>The union of what the generators found for one request's queries, each record once by its collection and key.</summary>
internal sealed class CandidatePool<TRecord>(PassageMapping<TRecord> mapping)
    where TRecord : class
{
    private readonly Dictionary<(string Collection, string Key), RetrievalCandidate<TRecord>> _byKey = [];
    private readonly List<IReadOnlyList<(string Collection, string Key)>> _lists = [];

    /// <summary>The candidates, those first that the most generators found furthest in front: by reciprocal rank fusion.</summary>
    public RetrievalCandidate<TRecord>[] Fuse() => [.. RankFusion.ReciprocalRank(_lists).Select(fused => _byKey[fused.Key])];

    /// <summary>Adds what a stage found.</summary>
    /// <param name="found">The records, best first.</param>
    /// <param name="stage">The stage that scored them; null where it searched for another query than candidates are scored by.</param>
    public void Add(IReadOnlyList<FoundRecord<TRecord>> found, string? stage)
    {
        HashSet<(string Collection, string Key)> keys = [];
        List<(string Collection, string Key)> ranked = new(found.Count);
        foreach (FoundRecord<TRecord> record in found)
        {
            RetrievalCandidate<TRecord> candidate = CandidateOf(record.Collection, record.Scored.Record);
            if (!keys.Add((candidate.Collection, candidate.Key)))
            {
                continue;
            }

            ranked.Add((candidate.Collection, candidate.Key));
            if (stage is not null)
            {
                candidate.Add(new StageScore { Stage = stage, Score = record.Scored.Score, Rank = ranked.Count });
            }
        }

        _lists.Add(ranked);
    }

    private RetrievalCandidate<TRecord> CandidateOf(string collection, TRecord record)
    {
        string key = mapping.Key(record);
        if (!_byKey.TryGetValue((collection, key), out RetrievalCandidate<TRecord>? candidate))
        {
            _byKey[(collection, key)] = candidate = new RetrievalCandidate<TRecord>(collection, record, key, mapping.EmbeddedText(record));
        }

        return candidate;
    }
}
