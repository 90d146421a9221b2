namespace LocalRetrieval.Rag;

/// <summary>One numbered source of a <see cref="RetrievalContext"/>.</summary>
/// <param name="Number">The number by which it is cited, from 1.</param>
/// <param name="Passage">The passage.</param>
/// <param name="IsCut">Whether only the start of the passage is in the context, since the whole did not fit.</param>
public sealed record ContextSource(int Number, RetrievedPassage Passage, bool IsCut = false);
