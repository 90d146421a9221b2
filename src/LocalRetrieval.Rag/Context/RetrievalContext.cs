namespace LocalRetrieval.Rag;

/// <summary>Passages as one text with numbered sources.</summary>
/// <param name="Text">The text; empty where there are no sources.</param>
/// <param name="Sources">The sources in the order of their numbers.</param>
/// <param name="TokenCount">The tokens of the text.</param>
/// <param name="Omitted">How many passages did not fit.</param>
public sealed record RetrievalContext(string Text, IReadOnlyList<ContextSource> Sources, int TokenCount, int Omitted);
