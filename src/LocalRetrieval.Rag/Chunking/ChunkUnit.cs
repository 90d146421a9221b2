namespace LocalRetrieval.Rag;

/// <summary>A range that fits into a chunk and is not cut any more.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="Tokens">Its tokens, without a heading path.</param>
internal readonly record struct ChunkUnit(TextRange Range, int Tokens);
