namespace LocalRetrieval.VectorData.Search;

/// <summary>A row that a search found, and its score.</summary>
/// <param name="Row">The row's number.</param>
/// <param name="Score">The score, as the distance function or the keyword index counts it.</param>
internal readonly record struct RowScore(int Row, double Score);
