namespace LocalRetrieval.Rag;

/// <summary>What tells without reading it that a file may have changed.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Modified">When it was last written, in UTC ticks.</param>
internal readonly record struct FileStamp(long Length, long Modified)
{
    /// <summary>The stamp of a file that is no link.</summary>
    /// <exception cref="IOException">It is not there, or cannot be reached.</exception>
    public static FileStamp Of(string path)
    {
        FileInfo file = new(path);
        return new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks);
    }
}
