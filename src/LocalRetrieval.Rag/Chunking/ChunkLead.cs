namespace LocalRetrieval.Rag;

/// <summary>What is put before the text of a chunk.</summary>
/// <param name="Text">The text, up to where the chunk's own text starts.</param>
/// <param name="Tokens">Its tokens.</param>
internal sealed record ChunkLead(string Text, int Tokens);
