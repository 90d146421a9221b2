namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>One character of a combining class other than 0.</summary>
/// <param name="CodePoint">The character.</param>
/// <param name="SortKey">Its canonical combining class and, for characters of one class, its place among the others.</param>
/// <param name="Source">Where the character that it came from begins.</param>
/// <param name="IsAdded">Whether it is the second or a later part of a decomposition.</param>
internal readonly record struct CombiningMark(int CodePoint, long SortKey, int Source, bool IsAdded);
