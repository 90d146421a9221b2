namespace LocalRetrieval.VectorData.Keyword;

/// <summary>A row and the texts that it is found by, one for each field of the index; null where it has none.</summary>
internal readonly record struct KeywordDocument(int Row, string?[] Texts);
