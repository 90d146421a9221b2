namespace LocalRetrieval.Rag;

/// <summary>Candidates as their scores order them.</summary>
internal sealed class RankedQueue(int count) : ICandidateQueue
{
    private int _next;

    public int? Next() => _next < count ? _next++ : null;

    public void Choose(int index)
    {
        // What was chosen changes nothing of the scores.
    }
}
