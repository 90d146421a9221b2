namespace LocalRetrieval.Rag;

/// <summary>Where a block starts in a source; it ends where the next one starts.</summary>
/// <param name="Start">The first unit.</param>
/// <param name="Kind">Where it may be cut.</param>
/// <param name="HeaderEnd">Where the names of a table's columns end; 0 where it has none.</param>
/// <param name="Level">The level of a heading; 0 for what is none.</param>
/// <param name="Heading">The text of a heading; null where it is what is seen of it.</param>
internal readonly record struct BlockMark(int Start, DocumentBlockKind Kind, int HeaderEnd = 0, int Level = 0, string? Heading = null);
