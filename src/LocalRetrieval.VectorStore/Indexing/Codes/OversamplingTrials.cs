namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>At which ranks by codes the rows were that an exact search finds, over some trials.</summary>
/// <param name="most">How many ranks are looked at.</param>
internal sealed class OversamplingTrials(int most)
{
    // How many rows were found by the candidate of a rank, nearest by codes first.
    private readonly int[] _hits = new int[most];
    private int _expected;

    public bool IsEmpty => _expected == 0;

    /// <summary>Counts a trial.</summary>
    /// <param name="candidates">What codes find, nearest first.</param>
    /// <param name="good">Which of them an exact search finds.</param>
    /// <param name="expected">How many those are to be.</param>
    public void Count(int[] candidates, HashSet<int> good, int expected)
    {
        _expected += expected;
        for (int rank = 0, found = 0; rank < Math.Min(candidates.Length, most) && found < expected; rank++)
        {
            if (good.Contains(candidates[rank]))
            {
                _hits[rank]++;
                found++;
            }
        }
    }

    /// <summary>How many candidates are needed for a recall, at least some; as many as there may be where those are too few.</summary>
    public int CandidatesFor(double recall, int least)
    {
        int found = 0;
        for (int rank = 0; rank < most; rank++)
        {
            found += _hits[rank];
            if (rank + 1 >= least && found >= recall * _expected)
            {
                return rank + 1;
            }
        }

        return most;
    }

    /// <summary>The recall with so many candidates; 1 where nothing was tried.</summary>
    public double RecallWith(int candidates) => IsEmpty ? 1 : _hits.Take(candidates).Sum() / (double)_expected;
}
