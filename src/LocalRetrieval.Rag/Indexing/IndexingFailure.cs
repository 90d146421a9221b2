namespace LocalRetrieval.Rag;

/// <summary>A document that could not be indexed; what the collection held of it before is still there.</summary>
/// <param name="Source">The document.</param>
/// <param name="Error">What went wrong.</param>
public sealed record IndexingFailure(string Source, Exception Error);
