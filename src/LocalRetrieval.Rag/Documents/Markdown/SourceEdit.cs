namespace LocalRetrieval.Rag;

/// <summary>A range of a text, and what stands in its place.</summary>
internal readonly record struct SourceEdit(TextRange Range, string Replacement);
