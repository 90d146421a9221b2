namespace LocalRetrieval.Documents.Layout;

/// <summary>A line or a table, in the order of reading.</summary>
internal readonly record struct PageItem(int Page, TextLine? Line, TableGrid? Table);
