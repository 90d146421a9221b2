namespace LocalRetrieval.Rag;

/// <summary>A cell that stands in more rows.</summary>
/// <param name="Text">Where its text stands; empty in its further columns.</param>
/// <param name="Rows">In how many rows it is still to stand.</param>
internal readonly record struct SpanningCell(TextRange Text, int Rows);
