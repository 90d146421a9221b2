namespace LocalRetrieval.Rag;

/// <summary>Lines that Markdown does not see as blocks.</summary>
/// <param name="Start">Where they start in the source.</param>
/// <param name="Text">Their masked text.</param>
internal readonly record struct MaskedLines(int Start, string Text);
