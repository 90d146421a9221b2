namespace LocalRetrieval.Rag;

/// <summary>A part of a document that is better kept whole: a paragraph, a list item, a table, a piece of code.</summary>
/// <param name="Offset">Where it starts in the text, in UTF-16 units; never at white space.</param>
/// <param name="Length">Its length in UTF-16 units, without white space at its end.</param>
/// <param name="Kind">Where it may be cut when it is too long.</param>
public readonly record struct DocumentBlock(int Offset, int Length, DocumentBlockKind Kind);
