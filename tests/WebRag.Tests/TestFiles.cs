using System.IO.Compression;

namespace WebRag.Tests;

/// <summary>Files as people have them, and as they should not be.</summary>
internal static class TestFiles
{
    /// <summary>A picture of one pixel.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>An archive with a text in it, which is no document.</summary>
    public static byte[] Zip()
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry("a.txt").Open();
            entry.Write("text"u8);
        }

        return stream.ToArray();
    }

    /// <summary>A file of the corpus.</summary>
    public static byte[] Corpus(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", name));
}
