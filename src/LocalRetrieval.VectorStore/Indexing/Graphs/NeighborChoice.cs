namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>Chooses neighbours among near rows so that they lie in different directions: algorithm 4 of the paper.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class NeighborChoice(IRowVectors vectors)
{
    private const int ComparedAtOnce = 4;

    private int[] _chosen = [];
    private int[] _passed = [];

    /// <summary>Chooses rows that are nearer to the row itself than to any chosen before them; where that leaves places, the nearest of the others.</summary>
    /// <param name="candidates">The rows with their nearness to the row itself, nearest first.</param>
    /// <param name="most">How many are chosen at most.</param>
    /// <param name="keepsPassed">Whether places that are left are filled.</param>
    /// <returns>The chosen rows, until the next call.</returns>
    public ReadOnlySpan<int> Choose(ReadOnlySpan<ulong> candidates, int most, bool keepsPassed)
    {
        if (_chosen.Length < most)
        {
            _chosen = new int[most];
            _passed = new int[most];
        }

        int chosen = 0;
        int passed = 0;
        for (int i = 0; i < candidates.Length && chosen < most; i++)
        {
            int row = NearKey.RowOf(candidates[i]);
            if (IsApart(row, NearKey.NearnessOf(candidates[i]), _chosen.AsSpan(0, chosen)))
            {
                _chosen[chosen++] = row;
            }
            else if (passed < most)
            {
                _passed[passed++] = row;
            }
        }

        for (int i = 0; keepsPassed && i < passed && chosen < most; i++)
        {
            _chosen[chosen++] = _passed[i];
        }

        return _chosen.AsSpan(0, chosen);
    }

    private bool IsApart(int row, float nearness, ReadOnlySpan<int> chosen)
    {
        if (chosen.IsEmpty)
        {
            return true;
        }

        RowQuery query = vectors.PrepareRow(row);
        Span<float> others = stackalloc float[ComparedAtOnce];
        for (int start = 0; start < chosen.Length; start += ComparedAtOnce)
        {
            ReadOnlySpan<int> part = chosen.Slice(start, Math.Min(ComparedAtOnce, chosen.Length - start));
            vectors.Compare(query, part, others);
            for (int i = 0; i < part.Length; i++)
            {
                if (others[i] > nearness)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
