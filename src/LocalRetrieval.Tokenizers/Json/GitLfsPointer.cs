namespace LocalRetrieval.Tokenizers.Json;

/// <summary>Tells a file from the pointer that a clone without Git LFS has in its place.</summary>
internal static class GitLfsPointer
{
    /// <exception cref="InvalidDataException">The content is a pointer.</exception>
    public static void Refuse(ReadOnlySpan<byte> content, string file)
    {
        if (content.StartsWith("version https://git-lfs.github.com/spec/v1"u8))
        {
            throw new InvalidDataException($"{file} is a Git LFS pointer, not the file itself. Run 'git lfs pull' in its folder, or download the file again.");
        }
    }
}
