namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>The index of a state before, whose rows have other numbers now.</summary>
/// <param name="Index">The index, which may still be added to by whoever keeps the state before.</param>
/// <param name="NewRows">The number of each of its rows from now on, ascending among those that stay; -1 for one that goes. Those behind the end go too.</param>
internal sealed record InheritedIndex(VectorIndex Index, int[] NewRows)
{
    /// <summary>The same index for a state after this one.</summary>
    /// <param name="newRows">The number of each row of this state in that one; -1 for one that goes.</param>
    public InheritedIndex Then(int[] newRows) => new(Index, Array.ConvertAll(NewRows, row => row >= 0 && row < newRows.Length ? newRows[row] : -1));

    /// <summary>The numbers of as many rows as the index knows by now.</summary>
    /// <param name="end">Rows of this number and higher ones go too.</param>
    public int[] Complete(int end)
    {
        int[] complete = new int[Math.Max(NewRows.Length, Index.Count)];
        Array.Fill(complete, -1);
        for (int row = 0; row < NewRows.Length; row++)
        {
            complete[row] = NewRows[row] < end ? NewRows[row] : -1;
        }

        return complete;
    }
}
