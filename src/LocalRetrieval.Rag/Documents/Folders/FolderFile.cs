namespace LocalRetrieval.Rag;

/// <summary>A file that a folder holds.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its path from the folder, with <c>/</c> between the parts.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="LastWriteTime">When it was last written, in UTC.</param>
internal readonly record struct FolderFile(string Path, string Name, long Length, DateTime LastWriteTime);
