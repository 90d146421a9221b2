namespace LocalRetrieval.Rag;

/// <summary>What of a folder could not be looked at.</summary>
/// <param name="Name">Its path from the folder; that of a folder ends with <c>/</c>, and all below is unknown.</param>
/// <param name="Error">Why.</param>
internal readonly record struct FolderFailure(string Name, Exception Error);
