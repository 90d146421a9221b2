namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>How much a search of a graph does.</summary>
/// <param name="Kept">How many near rows it keeps, known as ef.</param>
/// <param name="Rows">How many rows there were when that was chosen; 0 where it was not.</param>
/// <param name="Recall">The share of what an exact search finds that was found with it then; NaN where it was not measured.</param>
internal sealed record GraphEffort(int Kept, int Rows = 0, double Recall = double.NaN);
