namespace LocalRetrieval.VectorData.Keyword;

/// <summary>A term of a document.</summary>
/// <param name="Term">The term.</param>
/// <param name="Weight">The weights of the positions that have it.</param>
/// <param name="Position">The last of these positions.</param>
internal readonly record struct TermCount(string Term, float Weight, int Position);
