namespace LocalRetrieval.Rag;

/// <summary>What a ZIP archive's directory says of an entry.</summary>
internal readonly record struct ZipEntryInfo(string Name, long CompressedLength, long Length);
