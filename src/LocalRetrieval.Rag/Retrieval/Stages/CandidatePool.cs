namespace LocalRetrieval.Rag;

/// <summary>The union of what the generators of one request found, each record once by its key.</summary>
internal sealed class CandidatePool<TRecord>(PassageMapping<TRecord> mapping)
    where TRecord : class
{
    private readonly Dictionary<string, RetrievalCandidate<TRecord>> _byKey = [];
    private readonly List<IReadOnlyList<string>> _lists = [];

    /// <summary>The candidates, those first that the most generators found furthest in front: by reciprocal rank fusion.</summary>
    public RetrievalCandidate<TRecord>[] Fuse() => [.. RankFusion.ReciprocalRank(_lists).Select(fused => _byKey[fused.Key])];

    /// <summary>Adds what a stage found.</summary>
    public void Add(string stage, IReadOnlyList<ScoredRecord<TRecord>> found)
    {
        List<string> keys = new(found.Count);
        foreach (ScoredRecord<TRecord> scored in found)
        {
            TRecord record = scored.Record;
            string key = mapping.Key(record);
            if (!_byKey.TryGetValue(key, out RetrievalCandidate<TRecord>? candidate))
            {
                _byKey[key] = candidate = new RetrievalCandidate<TRecord>(record, key, mapping.EmbeddedText(record));
            }

            if (candidate.Stage(stage) is null)
            {
                keys.Add(key);
                candidate.Add(new StageScore { Stage = stage, Score = scored.Score, Rank = keys.Count });
            }
        }

        _lists.Add(keys);
    }
}
