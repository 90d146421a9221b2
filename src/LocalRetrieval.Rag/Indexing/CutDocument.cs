namespace LocalRetrieval.Rag;

/// <summary>A document that was read and cut.</summary>
/// <param name="Format">What it was read as.</param>
/// <param name="Content">What its reader sees.</param>
/// <param name="Chunks">What it was cut into.</param>
internal sealed record CutDocument(ReaderFormat Format, DocumentContent Content, IReadOnlyList<DocumentChunk> Chunks);
