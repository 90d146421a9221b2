namespace LocalRetrieval.Rag;

/// <summary>A source of a collection.</summary>
internal readonly record struct SourceKey(string Collection, string Source);
