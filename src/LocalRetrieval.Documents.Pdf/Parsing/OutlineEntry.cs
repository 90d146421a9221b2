namespace LocalRetrieval.Documents.Parsing;

/// <summary>An entry of a document's outline.</summary>
/// <param name="Title">Its text.</param>
/// <param name="Level">From 1, the outermost.</param>
/// <param name="Page">The page that it leads to, from 1; null where it leads to none.</param>
internal readonly record struct OutlineEntry(string Title, int Level, int? Page);
