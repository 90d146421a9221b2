namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>How many rows are found by codes, of which the whole vectors choose.</summary>
/// <param name="Factor">How many times as many as are asked for.</param>
/// <param name="IsChosen">Whether the index chose it, by how it finds <see cref="OversamplingChoice.Depth"/> rows.</param>
/// <param name="Rows">How many rows there were when it was measured; 0 where it was not.</param>
/// <param name="Recall">The share of what an exact search finds that was found with it; NaN where it was not measured.</param>
internal sealed record Oversampling(double Factor, bool IsChosen, int Rows = 0, double Recall = double.NaN)
{
    /// <summary>How many rows are found by codes where some are to be kept.</summary>
    public int CandidatesFor(int kept)
    {
        // The first row needs nearly as many candidates as the first ten: how far it can fall by codes depends on how many others are about as near.
        double wanted = Factor * (IsChosen ? Math.Max(kept, OversamplingChoice.Depth) : kept);
        return (int)Math.Min(int.MaxValue, Math.Ceiling(wanted));
    }
}
