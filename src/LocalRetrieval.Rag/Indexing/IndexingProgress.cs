namespace LocalRetrieval.Rag;

/// <summary>How far indexing has come, told when a document is done.</summary>
/// <param name="Source">The document.</param>
/// <param name="Documents">The documents done so far, this one and failed ones included.</param>
/// <param name="TotalDocuments">All documents, or null where their number is not known beforehand.</param>
/// <param name="Passages">The passages of all documents so far.</param>
/// <param name="Error">Why the document failed, or null.</param>
public readonly record struct IndexingProgress(string Source, int Documents, int? TotalDocuments, int Passages, Exception? Error = null);
