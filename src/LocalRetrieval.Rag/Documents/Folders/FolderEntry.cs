using System.IO.Enumeration;

namespace LocalRetrieval.Rag;

/// <summary>A file, folder or link in a folder.</summary>
internal readonly record struct FolderEntry(string Name, bool IsFolder, bool IsHidden, bool IsLink, long Length, DateTime LastWriteTime)
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    /// <summary>What a folder holds, ordinally by name.</summary>
    public static FolderEntry[] Of(string folder) => [.. new FileSystemEnumerable<FolderEntry>(folder, From, All).OrderBy(entry => entry.Name, StringComparer.Ordinal)];

    private static FolderEntry From(ref FileSystemEntry entry) => new(
        entry.FileName.ToString(),
        entry.IsDirectory,
        entry.IsHidden,

        // Placeholders of files in a cloud are reparse points and no links.
        entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && new FileInfo(entry.ToFullPath()).LinkTarget is not null,
        entry.IsDirectory ? 0 : entry.Length,
        entry.LastWriteTimeUtc.UtcDateTime);
}
