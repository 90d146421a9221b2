namespace LocalRetrieval.Encoders;

/// <summary>Tells a file from the pointer that a clone without Git LFS has in its place.</summary>
internal static class GitLfsPointer
{
    /// <summary>Gives the path, of a file that is there.</summary>
    /// <exception cref="InvalidDataException">The file is a pointer.</exception>
    public static string Refuse(string path)
    {
        ReadOnlySpan<byte> signature = "version https://git-lfs.github.com/spec/v1"u8;
        Span<byte> start = stackalloc byte[signature.Length];
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return !start[..read].SequenceEqual(signature) ? path : throw new InvalidDataException(
            $"{path} is a Git LFS pointer of {file.Length} bytes, not the file itself. Run 'git lfs pull' in the model's folder, or download the file again.");
    }
}
