using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Tells the file that Git leaves in the place of a large one that was not fetched.</summary>
internal static class GitLfsPointer
{
    private const int MaxLength = 1024;

    /// <summary>Refuses a pointer.</summary>
    /// <param name="bytes">The document, or more of its start than a pointer has.</param>
    /// <param name="source">The document's name.</param>
    /// <exception cref="InvalidDataException">It is one.</exception>
    public static void ThrowIfOne(ReadOnlySpan<byte> bytes, string source)
    {
        if (bytes.Length <= MaxLength && bytes.StartsWith("version https://git-lfs.github.com/spec/"u8) && bytes.IndexOf("\noid "u8) > 0)
        {
            throw new InvalidDataException(
                $"'{source}' is a Git LFS pointer in the place of its content ({SizeOf(bytes)}). Run 'git lfs pull' in its repository.");
        }
    }

    private static string SizeOf(ReadOnlySpan<byte> bytes)
    {
        string? size = Encoding.UTF8.GetString(bytes).Split('\n').FirstOrDefault(line => line.StartsWith("size ", StringComparison.Ordinal));
        return size is null ? "of unknown size" : $"{size["size ".Length..].Trim()} bytes";
    }
}
