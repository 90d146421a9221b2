namespace LocalRetrieval.Rag;

/// <summary>A piece of a rendered text.</summary>
/// <param name="Start">Where it starts there.</param>
/// <param name="Source">What it stands for in the source.</param>
/// <param name="IsCopied">Whether it is the same, unit by unit.</param>
internal readonly record struct TextSegment(int Start, TextRange Source, bool IsCopied);
