using System.IO.Compression;
using LocalRetrieval.Testing;

namespace LocalRetrieval.VectorData.Tests.Keyword;

/// <summary>The goldens of the keyword tests.</summary>
internal static class KeywordData
{
    /// <summary>Reads a packed file of the folder Data.</summary>
    public static string Read(string file)
    {
        string path = Checkout.Path("tests", "LocalRetrieval.VectorStore.Tests", "Keyword", "Data", file);
        using StreamReader reader = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
